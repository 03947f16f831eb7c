//! What the worker promises, over both databases and real SMTP. Each test prints the numbers it judges.

#[cfg(test)]
mod bad_days;
#[cfg(test)]
mod chat;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod hooks;
#[cfg(test)]
mod notices;
#[cfg(test)]
mod redis;
#[cfg(test)]
mod refusals;
#[cfg(test)]
mod several;
#[cfg(test)]
mod strangers;
#[cfg(test)]
mod support;
#[cfg(test)]
mod timetable;
#[cfg(test)]
mod traces;
