//! The program as its users meet it: the real binary, over HTTP, by its commands, by mail and in a browser.

#[cfg(test)]
mod bad_days;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod browser;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod disk_full;
#[cfg(test)]
mod export;
#[cfg(test)]
mod fleet;
#[cfg(test)]
mod health;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod http;
#[cfg(test)]
mod import;
#[cfg(test)]
mod journey;
#[cfg(test)]
mod languages;
#[cfg(test)]
mod log;
#[cfg(test)]
mod look;
#[cfg(test)]
mod mailbox;
#[cfg(test)]
mod manager;
#[cfg(test)]
mod names;
#[cfg(test)]
mod operator;
#[cfg(test)]
mod outage;
#[cfg(test)]
mod places;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod scale_out;
#[cfg(test)]
mod signals;
#[cfg(test)]
mod site;
#[cfg(test)]
mod slack;
#[cfg(test)]
mod standby;
#[cfg(test)]
mod storm;
#[cfg(test)]
mod team;
#[cfg(test)]
mod tomorrow;
#[cfg(test)]
mod webdriver;
