//! Tells whenever the machine's interfaces or addresses change, whatever it is: who is told looks for
//! itself.

use std::io;

use futures::StreamExt;
use rtnetlink::MulticastGroup;
use tokio::sync::watch;

/// What is told.
pub type Changes = watch::Receiver<()>;

/// Begins to listen, on the runtime of the caller and in its network namespace, until nobody wants to
/// be told any more.
///
/// # Errors
///
/// When the kernel gives no socket.
pub fn watch() -> io::Result<Changes> {
    let (connection, _, mut told) = rtnetlink::new_multicast_connection(&[
        MulticastGroup::Link,
        MulticastGroup::Ipv4Ifaddr,
        MulticastGroup::Ipv6Ifaddr,
    ])?;
    let (tell, changes) = watch::channel(());
    let connection = tokio::spawn(connection);
    tokio::spawn(async move {
        loop {
            tokio::select! {
                message = told.next() => match message {
                    Some(_) => tell.send_replace(()),
                    None => return,
                },
                () = tell.closed() => return connection.abort(),
            }
        }
    });
    Ok(changes)
}
