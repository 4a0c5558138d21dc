//! A client that keeps its connection.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A line of a head that asks for an answer found anew, not for one that was kept.
pub(crate) const ANEW: &str = "Cache-Control: no-cache\r\n";

/// A connection, opened when it is needed.
pub(crate) struct Client {
    address: SocketAddr,
    /// Further lines of the head of each request, each with its end.
    pub(crate) head: &'static str,
    open: Option<BufReader<TcpStream>>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u64>,
    pub(crate) body: Vec<u8>,
}

impl Client {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            address,
            head: "",
            open: None,
        }
    }

    /// Asks for a target. A connection that was closed while it was idle is opened once
    /// more, as browsers do.
    pub(crate) fn get(&mut self, target: &str) -> std::io::Result<Answer> {
        let was_open = self.open.is_some();
        let answer = self.try_get(target);
        if answer.is_err() {
            self.open = None;
            if was_open {
                return self.try_get(target);
            }
        }
        answer
    }

    fn try_get(&mut self, target: &str) -> std::io::Result<Answer> {
        let reader = match &mut self.open {
            Some(reader) => reader,
            none => {
                let stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(10))?;
                stream.set_read_timeout(Some(Duration::from_mins(1)))?;
                stream.set_nodelay(true)?;
                none.insert(BufReader::new(stream))
            }
        };
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n",
            self.head
        );
        reader.get_mut().write_all(request.as_bytes())?;
        read(reader)
    }
}

/// Reads one answer with its body.
pub(crate) fn read(reader: &mut BufReader<TcpStream>) -> std::io::Result<Answer> {
    let broken = || std::io::Error::other("no answer");
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let status = line.split(' ').nth(1).and_then(|word| word.parse().ok());
    let mut answer = Answer {
        status: status.ok_or_else(broken)?,
        retry_after: None,
        body: Vec::new(),
    };
    let mut n_bytes = 0;
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Err(broken());
        }
        let header = line.trim_end().to_ascii_lowercase();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.strip_prefix("content-length: ") {
            n_bytes = value.parse().map_err(|_| broken())?;
        }
        if let Some(value) = header.strip_prefix("retry-after: ") {
            answer.retry_after = value.parse().ok();
        }
    }
    answer.body.resize(n_bytes, 0);
    reader.read_exact(&mut answer.body)?;
    Ok(answer)
}

/// A text in an address.
pub(crate) fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}
