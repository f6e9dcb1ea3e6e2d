//! Many questions at once, but few to one host.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many questions are open at once.
const AT_ONCE: usize = 8;

/// How many of them may be open at one host.
const AT_ONE_HOST: usize = 2;

struct Host {
    waiting: VecDeque<usize>,
    open: usize,
}

struct State<T> {
    hosts: Vec<Host>,
    answers: Vec<Option<T>>,
    done: usize,
}

/// Calls `work` with every address, and gives the answers in the order of the addresses.
pub(super) fn each<T: Send>(
    urls: &[&str],
    work: &(dyn Fn(&str) -> T + Sync),
    done: &(dyn Fn(usize, usize) + Sync),
) -> Vec<T> {
    let mut by_host: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    for (at, url) in urls.iter().enumerate() {
        by_host.entry(host(url)).or_default().push_back(at);
    }
    let hosts = by_host
        .into_values()
        .map(|waiting| Host { waiting, open: 0 });
    let state = Mutex::new(State {
        hosts: hosts.collect(),
        answers: urls.iter().map(|_| None).collect(),
        done: 0,
    });
    let changed = Condvar::new();
    let ask = || {
        while let Some((host, at)) = next(&state, &changed) {
            let answer = work(urls[at]);
            let mut state = lock(&state);
            state.answers[at] = Some(answer);
            state.hosts[host].open -= 1;
            state.done += 1;
            let count = state.done;
            drop(state);
            changed.notify_all();
            done(count, urls.len());
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..AT_ONCE.min(urls.len()))
            .map_while(|_| std::thread::Builder::new().spawn_scoped(scope, ask).ok())
            .collect();
        // Where the system starts no thread, this one asks, one address at a time.
        if threads.is_empty() {
            ask();
        }
    });
    let state = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    let answers = state.answers.into_iter();
    answers
        .map(|answer| answer.expect("the threads ended when no address was waiting"))
        .collect()
}

/// The next address and its host; waits while all hosts are busy, `None` when no address is left.
fn next<T>(state: &Mutex<State<T>>, changed: &Condvar) -> Option<(usize, usize)> {
    let mut state = lock(state);
    loop {
        if state.hosts.iter().all(|host| host.waiting.is_empty()) {
            return None;
        }
        let hosts = state.hosts.iter_mut().enumerate();
        let free = hosts
            .filter(|(_, host)| host.open < AT_ONE_HOST && !host.waiting.is_empty())
            .min_by_key(|(_, host)| host.open);
        if let Some((at, host)) = free {
            host.open += 1;
            return host.waiting.pop_front().map(|url| (at, url));
        }
        state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
    }
}

fn lock<T>(state: &Mutex<State<T>>) -> MutexGuard<'_, State<T>> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn host(url: &str) -> &str {
    let rest = url.split_once("//").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::sync::Barrier;

    #[test]
    fn answers_come_in_the_order_of_the_addresses_and_no_host_has_more_than_two_questions() {
        let urls: Vec<String> = (0..60)
            .map(|at| format!("https://host-{}.example/{at}", at % 7))
            .collect();
        let urls: Vec<&str> = urls.iter().map(String::as_str).collect();
        let open: Mutex<HashMap<String, usize>> = Mutex::default();
        let answers = each(
            &urls,
            &|url| {
                let host = host(url).to_owned();
                let count = {
                    let mut open = open.lock().unwrap();
                    let count = open.entry(host.clone()).or_default();
                    *count += 1;
                    *count
                };
                std::thread::yield_now();
                *open.lock().unwrap().get_mut(&host).unwrap() -= 1;
                (url.to_owned(), count)
            },
            &|_, _| (),
        );
        assert!(
            answers
                .iter()
                .map(|(url, _)| url.as_str())
                .eq(urls.iter().copied())
        );
        assert!(answers.iter().all(|(_, count)| *count <= AT_ONE_HOST));
    }

    #[test]
    fn different_hosts_are_asked_at_the_same_time() {
        let urls = ["https://a.example/", "https://b.example/"];
        let both = Barrier::new(2);
        // Would never end if the second question waited for the first.
        let answers = each(&urls, &|url| (both.wait(), url.len()).1, &|_, _| ());
        assert_eq!(answers, [18, 18]);
    }
}
