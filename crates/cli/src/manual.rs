//! The manual page: one page with all commands, so that it refers to no other.

use std::io::{self, Write};

use clap_mangen::Man;

/// The page in roff.
///
/// # Errors
/// Never in practice: it is written into memory.
pub(crate) fn page(program: clap::Command) -> io::Result<String> {
    let mut page = Vec::new();
    let whole = Man::new(program.clone());
    whole.render_title(&mut page)?;
    whole.render_name_section(&mut page)?;
    whole.render_synopsis_section(&mut page)?;
    whole.render_description_section(&mut page)?;
    whole.render_options_section(&mut page)?;
    writeln!(page, ".SH COMMANDS")?;
    commands(&mut page, &program, program.get_name())?;
    whole.render_extra_section(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

/// Each command that can be given, with its usage and its options.
fn commands(page: &mut Vec<u8>, command: &clap::Command, path: &str) -> io::Result<()> {
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        let path = format!("{path} {}", command.get_name());
        if command.has_subcommands() {
            commands(page, command, &path)?;
            continue;
        }
        let mut command = command.clone().disable_help_flag(true).bin_name(&path);
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage: ");
        writeln!(page, ".SS {}", roff(usage))?;
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        writeln!(page, "{}.", roff(&about))?;
        let mut options = Vec::new();
        Man::new(command).render_options_section(&mut options)?;
        // Its heading is for a page of its own.
        let options = String::from_utf8_lossy(&options).into_owned();
        page.extend(
            options
                .lines()
                .filter(|line| !line.starts_with(".SH"))
                .flat_map(|line| line.bytes().chain([b'\n'])),
        );
    }
    Ok(())
}

/// Text with what roff would interpret escaped.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('-', "\\-").replace('\n', " ");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use crate::args::Cli;

    #[test]
    fn the_manual_has_every_command_and_refers_to_no_other_page() {
        let page = super::page(Cli::command()).unwrap();
        for part in [".SS candor incident declare", "\\-\\-auto\\-start", ".SS candor serve"] {
            assert!(page.contains(part), "{part} is missing");
        }
        assert!(!page.contains("(1)"), "a page that doesn't exist is referred to");
    }
}
