//! The one owner of the core: a thread that feeds it what happens and does what it asks for.
//!
//! A turn: effects first, strictly in their order; then one request, timeout, answer or batch of
//! datagrams. What may take a while is the worker's; here are only maps, sockets and the core, so
//! that neither a busy API nor a slow kernel call delays a heartbeat.

mod alarm;
mod checks;
mod cluster;
mod cut;
mod effects;
mod handover;
mod lateness;
mod live;
mod probes;
mod record;
mod requests;
mod shell;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::os::fd::OwnedFd;
use std::sync::Arc;
use std::sync::mpsc::SyncSender;
use std::task::Poll;

use evenkeel_core::command::{Admitted, Command, Denied};
use evenkeel_core::event::Event;
use evenkeel_core::ids::{ModuleName, Time};
use evenkeel_core::input::Input;
use evenkeel_core::module::state::Phase;
use evenkeel_core::node::Node;
use evenkeel_core::status::NodeStatus;
use evenkeel_packet::probe::Probe;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use crate::clock;
use crate::driver::alarm::{Alarm, Stirred};
pub(crate) use crate::driver::handover::TakenOver;
use crate::driver::lateness::Lateness;
pub(crate) use crate::driver::record::Recorder;
pub(crate) use crate::driver::requests::{Reply, Request};
use crate::driver::shell::Shell;
use crate::handle::{DriverStatus, EngineConfig};
use crate::limits;
use crate::net::heartbeat::{Bound, LanSocket};
use crate::ports::{Datapath, Responder};
use crate::precedence::{Precedence, Scheduling, go_first};
use crate::worker::{Answer, Worker};

/// What the driver needs to run.
pub(crate) struct Parts {
    pub(crate) config: EngineConfig,
    pub(crate) node: Node,
    pub(crate) recorder: Option<Recorder>,
    pub(crate) datapath: Box<dyn Datapath>,
    pub(crate) bound: Vec<Bound>,
    pub(crate) responder: Responder,
    pub(crate) worker: Worker,
    /// Dropped last: ends the worker.
    pub(crate) worker_stop: oneshot::Sender<()>,
    pub(crate) requests: mpsc::Receiver<Request>,
    pub(crate) answers: mpsc::Receiver<Answer>,
    pub(crate) status: watch::Sender<Arc<NodeStatus>>,
    pub(crate) told: watch::Sender<Arc<DriverStatus>>,
    pub(crate) events: broadcast::Sender<Event>,
    /// The node was another program's.
    pub(crate) taken_over: Option<TakenOver>,
}

/// Runs on the driver's thread until all handles are gone or one of them asked for the end.
/// Reports as soon as it runs, or why it does not.
pub(crate) fn run(mut parts: Parts, report: &SyncSender<io::Result<()>>) {
    let precedence = go_first();
    let Precedence { scheduling, why } = &precedence;
    match scheduling {
        Scheduling::Fifo => tracing::info!(%scheduling, why, "the driver goes before all programs"),
        Scheduling::Nice => {
            tracing::info!(%scheduling, why, "the driver goes before most programs")
        }
        Scheduling::Ordinary => tracing::warn!(%scheduling, why, "the driver has no precedence"),
    }
    let taken_over = parts.taken_over.take();
    let ended = Driver::new(parts, precedence).and_then(|mut driver| {
        taken_over.map_or(Ok(()), |former| driver.take_over(former))?;
        report.send(Ok(())).map_err(io::Error::other)?;
        driver.run();
        driver.end();
        Ok(())
    });
    if let Err(error) = ended
        && let Err(unread) = report.send(Err(error))
    {
        tracing::error!(?unread, "the driver ended at its start");
    }
}

struct Driver {
    config: EngineConfig,
    hash_key: [u8; 16],
    node: Node,
    /// Writes down all that the node is told.
    recorder: Option<Recorder>,
    datapath: Box<dyn Datapath>,
    modules: BTreeMap<ModuleName, Shell>,
    /// How often checkers were begun.
    check_runs: u64,
    /// Indices of the interfaces whose cable is out.
    unplugged: BTreeSet<u32>,
    lans: Vec<LanSocket>,
    alarm: Alarm,
    /// No datagram was there when this time was over.
    quiet: Option<Time>,
    /// Some LAN has probes to send.
    asks: bool,
    /// What probes are answered by.
    responder: Responder,
    worker: Worker,
    worker_stop: oneshot::Sender<()>,
    requests: mpsc::Receiver<Request>,
    answers: mpsc::Receiver<Answer>,
    /// Answers that the driver has for the core itself, to be given when the effects are done.
    inputs: VecDeque<Input>,
    status: watch::Sender<Arc<NodeStatus>>,
    published: Time,
    /// The generation of what is published.
    generation: u64,
    told: watch::Sender<Arc<DriverStatus>>,
    precedence: Precedence,
    lateness: Lateness,
    events: broadcast::Sender<Event>,
    /// The modules for which the machine is told to reboot.
    rebooting: Vec<ModuleName>,
    /// What keeps what interfaces receive for a node that was taken over.
    lent: Vec<OwnedFd>,
    /// Modules of such a node whose virtual addresses the worker has yet to find in place.
    keeping_up: BTreeSet<ModuleName>,
    /// Who waits for the end; `None` until somebody asks for it.
    stopping: Option<Vec<oneshot::Sender<()>>>,
    buffer: Vec<u8>,
}

/// What ended a wait.
enum Wake {
    Request(Request),
    Answer(Answer),
    Datagrams,
    /// Something may be due.
    Nothing,
    /// All handles are gone.
    Abandoned,
}

impl Driver {
    fn new(parts: Parts, precedence: Precedence) -> io::Result<Self> {
        let generation = parts.status.borrow().generation;
        Ok(Self {
            hash_key: parts.config.keys.flow_key(),
            config: parts.config,
            node: parts.node,
            recorder: parts.recorder,
            datapath: parts.datapath,
            modules: BTreeMap::new(),
            check_runs: 0,
            unplugged: BTreeSet::new(),
            lans: parts.bound.into_iter().map(LanSocket::new).collect(),
            alarm: Alarm::new()?,
            quiet: None,
            asks: false,
            responder: parts.responder,
            worker: parts.worker,
            worker_stop: parts.worker_stop,
            requests: parts.requests,
            answers: parts.answers,
            inputs: VecDeque::new(),
            generation,
            status: parts.status,
            published: clock::now(),
            told: parts.told,
            precedence,
            lateness: Lateness::new(),
            events: parts.events,
            rebooting: Vec::new(),
            lent: Vec::new(),
            keeping_up: BTreeSet::new(),
            stopping: None,
            buffer: vec![0; limits::DATAGRAM_BYTES],
        })
    }

    fn run(&mut self) {
        self.settle();
        while !self.is_over() {
            match self.wait() {
                Wake::Request(request) => self.requests(request),
                Wake::Answer(answer) => self.answers(answer),
                Wake::Datagrams => self.datagrams(limits::DATAGRAMS_PER_TURN),
                Wake::Nothing => {}
                Wake::Abandoned => return,
            }
            self.timeout();
            self.publish();
        }
    }

    /// Whether the end was asked for and every module has stopped.
    fn is_over(&self) -> bool {
        let stopped = |phase| matches!(phase, Phase::Stop);
        let all_stopped = || {
            let modules = &self.status.borrow().modules;
            modules.iter().all(|module| stopped(module.state.phase))
        };
        self.stopping.is_some() && all_stopped()
    }

    /// Tells those who wait, when nothing of this engine is left but its thread.
    fn end(self) {
        let Self {
            stopping,
            worker_stop,
            lans,
            datapath,
            ..
        } = self;
        drop((lans, datapath, worker_stop));
        for waiting in stopping.into_iter().flatten() {
            if waiting.send(()).is_err() {
                tracing::debug!("nobody waits for the end any more");
            }
        }
    }

    /// Waits for a request or an answer, or else for a datagram or the time at which something is due.
    fn wait(&mut self) -> Wake {
        let (requests, answers) = (&mut self.requests, &mut self.answers);
        let called = self.alarm.ask(|cx| match requests.poll_recv(cx) {
            Poll::Ready(request) => Poll::Ready(request.map_or(Wake::Abandoned, Wake::Request)),
            Poll::Pending => match answers.poll_recv(cx) {
                Poll::Ready(answer) => Poll::Ready(answer.map_or(Wake::Nothing, Wake::Answer)),
                Poll::Pending => Poll::Pending,
            },
        });
        if let Some(called) = called {
            return called;
        }
        let publish = self.published + limits::STATUS_INTERVAL;
        let next = self
            .node
            .poll_timeout()
            .map_or(publish, |timeout| timeout.min(publish));
        let stirred = self.alarm.sleep(self.lans.iter(), next.since(clock::now()));
        self.quiet = (stirred == Stirred::default()).then_some(next);
        if stirred.readable {
            Wake::Datagrams
        } else {
            Wake::Nothing
        }
    }

    fn requests(&mut self, first: Request) {
        self.request(first);
        for _ in 1..limits::REQUESTS_PER_TURN {
            let Ok(request) = self.requests.try_recv() else {
                return;
            };
            self.request(request);
        }
    }

    fn answers(&mut self, first: Answer) {
        self.answer(first);
        for _ in 1..limits::REQUESTS_PER_TURN {
            let Ok(answer) = self.answers.try_recv() else {
                return;
            };
            self.answer(answer);
        }
    }

    /// A timeout that is due comes after every datagram that has arrived, however late it is: a
    /// busy machine must not take unread heartbeats for missing ones.
    fn timeout(&mut self) {
        let now = clock::now();
        let Some(due) = self.node.poll_timeout().filter(|due| *due <= now) else {
            return;
        };
        self.lateness.note(due, now);
        self.answers_to_probes(limits::DATAGRAMS_BEFORE_TIMEOUT);
        // The sleep until then asked the kernel for datagrams at its end.
        let slept = self.quiet.take() >= Some(due);
        if !slept || now.since(due) >= limits::RIGHT_BEFORE {
            self.datagrams(limits::DATAGRAMS_BEFORE_TIMEOUT);
        }
        if self.is_due() {
            let now = clock::now();
            if let Some(recorder) = &mut self.recorder {
                recorder.timeout(now);
            }
            self.node.handle_timeout(now);
            self.settle();
        }
    }

    fn is_due(&self) -> bool {
        self.node
            .poll_timeout()
            .is_some_and(|timeout| timeout <= clock::now())
    }

    fn datagrams(&mut self, most: usize) {
        for lan in 0..self.lans.len() {
            for _ in 0..most {
                let Some(socket) = self.lans.get(lan) else {
                    return;
                };
                let Some((length, sender)) = socket.receive(&mut self.buffer) else {
                    break;
                };
                let bytes = self.buffer.get(..length).unwrap_or_default();
                if Probe::is_one(bytes) {
                    self.asked(lan, sender, length);
                    continue;
                }
                let (lan, now) = (socket.lan(), clock::now());
                if let Some(recorder) = &mut self.recorder {
                    let bytes = bytes.to_vec();
                    recorder.input(&Input::Datagram { lan, bytes }, now);
                }
                self.node.receive(lan, bytes, now);
                self.settle();
            }
        }
    }

    fn handle(&mut self, input: Input) {
        let now = clock::now();
        if let Some(recorder) = &mut self.recorder {
            recorder.input(&input, now);
        }
        self.node.handle(input, now);
    }

    fn admit(&mut self, command: Command) -> Result<Admitted, Denied> {
        let now = clock::now();
        if let Some(recorder) = &mut self.recorder {
            recorder.command(&command, now);
        }
        self.node.command(command, now)
    }

    /// Does all that the core asks for, and gives it the answers that were found on the way.
    fn settle(&mut self) {
        loop {
            while let Some(effect) = self.node.poll_effect() {
                if let Some(recorder) = &mut self.recorder {
                    recorder.effect(&effect);
                }
                self.execute(effect);
            }
            self.send_probes();
            if let Some(recorder) = &mut self.recorder {
                recorder.drained();
            }
            let Some(input) = self.inputs.pop_front() else {
                return;
            };
            self.handle(input);
        }
    }

    fn publish(&mut self) {
        let now = clock::now();
        let changed = self.generation != self.node.generation();
        if changed || now.since(self.published) >= limits::STATUS_INTERVAL {
            self.status.send_replace(Arc::new(self.node.status(now)));
            self.generation = self.node.generation();
            self.published = now;
            self.tell(now);
        }
    }
}
