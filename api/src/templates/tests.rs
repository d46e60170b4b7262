//! The templates as they are shipped: complete, explained, and nginx's really starting and stopping nginx.

use std::collections::BTreeSet;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/modules")
}

#[test]
fn every_file_of_every_template_is_there() {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder()];
    while let Some(below) = folders.pop() {
        for entry in fs::read_dir(below).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder()).unwrap().to_owned());
            }
        }
    }
    let listed = TEMPLATES.iter().flat_map(|(name, files)| {
        files
            .iter()
            .map(move |(path, _)| Path::new(name).join(path))
    });
    assert_eq!(listed.collect::<BTreeSet<_>>(), found);
}

#[test]
fn every_template_and_macro_is_explained() {
    for template in all() {
        assert!(template.description.ends_with('.'), "{template:?}");
        for one in &template.macros {
            assert!(one.description.len() > 10, "{}: {one:?}", template.name);
        }
        let needed = template.macros.iter().find(|one| one.value.is_none());
        assert_eq!(needed.unwrap().name, "VIRTUAL_IP");
    }
    assert_eq!(settings("nowhere"), None);
}

#[test]
fn every_template_goes_into_a_package_and_back() {
    for template in all() {
        let ModuleSettings {
            userconfig,
            macros,
            scripts,
        } = settings(&template.name).unwrap();
        let package = evenkeel_package::Package {
            userconfig,
            macros,
            scripts,
        };
        let bytes = evenkeel_package::write(&package).unwrap();
        assert_eq!(evenkeel_package::read(&bytes), (package, vec![]));
    }
}

/// nginx in a folder of its own, killed with it.
struct Nginx {
    dir: tempfile::TempDir,
    port: u16,
}

impl Nginx {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = free.local_addr().unwrap().port();
        let here = dir.path().display();
        let conf = format!(
            "pid {here}/pid;\nerror_log {here}/error.log;\nevents {{}}\nhttp {{ access_log off;\n\
             client_body_temp_path {here}/a; proxy_temp_path {here}/b; fastcgi_temp_path {here}/c;\n\
             uwsgi_temp_path {here}/d; scgi_temp_path {here}/e;\n\
             server {{ listen 127.0.0.1:{port}; return 200; }} }}\n"
        );
        fs::write(dir.path().join("conf"), conf).unwrap();
        let bin = dir.path().join("bin");
        fs::create_dir(&bin).unwrap();
        for (name, text) in settings("nginx_farm").unwrap().scripts {
            fs::write(bin.join(&name), text).unwrap();
            fs::set_permissions(bin.join(&name), fs::Permissions::from_mode(0o700)).unwrap();
        }
        drop(free);
        Self { dir, port }
    }

    fn script(&self, name: &str, args: &[&str]) -> Output {
        let path = |name: &str| self.dir.path().join(name);
        let mut command = Command::new(path("bin").join(name));
        command.args(args).current_dir(path("bin"));
        command.env("NGINX_CONF", path("conf"));
        command.env("NGINX_PID", path("pid")).output().unwrap()
    }

    /// What a script says when it succeeds.
    fn succeeds(&self, name: &str, args: &[&str]) -> String {
        let output = self.script(name, args);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn answers(&self) -> bool {
        TcpStream::connect(("127.0.0.1", self.port)).is_ok()
    }

    fn pid(&self) -> Option<String> {
        let pid = fs::read_to_string(self.dir.path().join("pid")).ok()?;
        Some(pid.trim().to_owned())
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        drop(self.script("stop_both", &["force"]));
    }
}

fn there_is_an_nginx() -> bool {
    let asked = Command::new("nginx").arg("-v").output();
    let there = asked.is_ok();
    if !there {
        println!("SKIPPED: nginx is not on this machine");
    }
    there
}

#[test]
fn nginx_starts_reads_anew_and_stops() {
    if !there_is_an_nginx() {
        return;
    }
    let nginx = Nginx::new();
    assert!(nginx.succeeds("stop_both", &[]).contains("does not run"));
    nginx.succeeds("start_both", &["STOP", "UP", "start"]);
    assert!(nginx.answers());
    let first = nginx.pid();
    let again = nginx.succeeds("start_both", &[]);
    assert!(again.contains("runs already"), "{again}");
    assert!(nginx.answers() && nginx.pid() == first);
    let stopped = nginx.succeeds("stop_both", &["UP", "STOP", "stop"]);
    assert!(stopped.contains("gracefully"), "{stopped}");
    assert!(!nginx.answers());
    assert!(
        nginx
            .succeeds("stop_both", &["force"])
            .contains("does not run")
    );
}

#[test]
fn nginx_with_a_connection_that_never_ends_is_stopped_by_force() {
    if !there_is_an_nginx() {
        return;
    }
    let nginx = Nginx::new();
    nginx.succeeds("start_both", &[]);
    let held = TcpStream::connect(("127.0.0.1", nginx.port)).unwrap();
    let said = nginx.succeeds("stop_both", &["force"]);
    assert!(said.contains("at once"), "{said}");
    assert!(!nginx.answers());
    assert!(nginx.succeeds("stop_both", &[]).contains("does not run"));
    drop(held);
}

#[test]
fn nginx_that_hears_nothing_is_killed_with_its_workers() {
    if !there_is_an_nginx() {
        return;
    }
    let nginx = Nginx::new();
    nginx.succeeds("start_both", &[]);
    let first = Pid::from_raw(nginx.pid().unwrap().parse().unwrap());
    kill(first, Signal::SIGSTOP).unwrap();
    let said = nginx.succeeds("stop_both", &["force"]);
    assert!(said.contains("killing"), "{said}");
    assert!(!nginx.answers());
}

#[test]
fn a_process_id_of_somebody_else_is_left_alone() {
    if !there_is_an_nginx() {
        return;
    }
    let nginx = Nginx::new();
    let own = std::process::id().to_string();
    fs::write(nginx.dir.path().join("pid"), &own).unwrap();
    assert!(
        nginx
            .succeeds("stop_both", &["force"])
            .contains("does not run")
    );
}

#[test]
fn a_broken_configuration_is_told_by_nginx() {
    if !there_is_an_nginx() {
        return;
    }
    let nginx = Nginx::new();
    fs::write(nginx.dir.path().join("conf"), "nonsense;").unwrap();
    let output = nginx.script("start_both", &[]);
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("nonsense"), "{said}");
}
