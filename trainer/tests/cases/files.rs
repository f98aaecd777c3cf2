//! Cases about files that are written and files that are read whole.

use std::{
    fs,
    io::{Read, Write},
    net::TcpListener,
    os::unix::fs::{FileTypeExt, symlink},
    path::Path,
    process::{Command, Stdio},
    thread,
};

use crate::{
    Case, Trained,
    inputs::at,
    program::{TINY, fail, succeed, trainer},
    torch_save::{
        Value,
        fixture::{extractor, predictor, prefixed},
        torch_save,
    },
};

pub const CASES: &[Case] = &[
    Case {
        source: "sharkdp/fd#24, rvben/rumdl#184, medialab/xan#759",
        right: "A closed pipe ends a report quietly and never stops training; a full standard output is one error.",
        check: closed_pipe,
    },
    Case {
        source: "sahib/rmlint#763, aerynOS/os-tools#466, microsoft/terminal#10908",
        right: "Devices and pipes are written to, links are followed, and all stay what they are.",
        check: devices_and_links,
    },
    Case {
        source: "trumank/repak#3, paradigmxyz/reth#26781",
        right: "Making the data set `set.v2` touches no folder called `set.new` or `set.v2.new`.",
        check: siblings,
    },
    Case {
        source: "pytorch/vision#5615, huggingface/datasets#3786",
        right: "A web page is not kept as a zip, and nothing is left where it would have been.",
        check: web_page,
    },
    Case {
        source: "rasbt/LLMs-from-scratch#580, karpathy/nanoGPT#325, huggingface/pytorch-image-models#2003",
        right: "State dicts of torch.compile, DataParallel, Lightning and whole checkpoints give the same weights as plain ones.",
        check: state_dicts,
    },
];

/// Runs a line of bash in which $T is the trainer.
fn bash(folder: &Path, line: &str) -> (Option<i32>, String) {
    let mut command = Command::new("bash");
    command.args(["-c", line]).current_dir(folder);
    let command = command.env("T", env!("CARGO_BIN_EXE_trainer"));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(!errors.contains("panicked"), "{line}: {errors}");
    (output.status.code(), errors)
}

fn closed_pipe(folder: &Path) {
    let sample = Trained::get().path("sample");
    let train = TINY.join(" ").replace("sample", &sample);
    for line in [
        format!("$T {train} | true"),
        format!("$T data check {sample} | true"),
        "$T completions bash | head -1".into(),
    ] {
        let (code, errors) = bash(folder, &format!("{line}; exit ${{PIPESTATUS[0]}}"));
        assert_eq!(code, Some(0), "{line}: {errors}");
    }
    let log = fs::read_to_string(folder.join("run/log.csv")).unwrap();
    assert_eq!(log.lines().count(), 3);
    let (code, errors) = bash(folder, &format!("$T data check {sample} > /dev/full"));
    assert_eq!(code, Some(1), "{errors}");
    let lines = errors.lines().filter(|line| line.starts_with("error: "));
    assert_eq!(lines.count(), 1, "{errors}");
}

fn devices_and_links(folder: &Path) {
    let run = Trained::get().path("run");
    fs::create_dir(folder.join("dev")).unwrap();
    fs::write(folder.join("real"), "").unwrap();
    symlink("../real", folder.join("dev/link")).unwrap();
    let mkfifo = Command::new("mkfifo").arg(folder.join("dev/pipe")).status();
    assert!(mkfifo.unwrap().success());
    succeed(folder, &["export", "--run", &run, "--out", "dev/link"]);
    let link = fs::symlink_metadata(folder.join("dev/link")).unwrap();
    assert!(link.is_symlink());
    let bytes = fs::read(folder.join("real")).unwrap();
    let reader = thread::spawn({
        let pipe = folder.join("dev/pipe");
        move || fs::read(pipe).unwrap()
    });
    succeed(folder, &["export", "--run", &run, "--out", "dev/pipe"]);
    assert!(reader.join().unwrap() == bytes);
    let pipe = fs::metadata(folder.join("dev/pipe")).unwrap();
    assert!(pipe.file_type().is_fifo());
    let stdout = ["export", "--run", &run, "--out", "/dev/stdout", "--quiet"];
    assert!(trainer(folder, &stdout).output().unwrap().stdout == bytes);
    assert_eq!(fs::read_dir(folder.join("dev")).unwrap().count(), 2);
}

fn siblings(folder: &Path) {
    for number in 1..=5 {
        let records =
            [7, 3, 0, 5].map(|label| [&[label][..], &[number * 40 + label; 3072]].concat());
        let file = format!("src/cifar-10-batches-bin/data_batch_{number}.bin");
        fs::write(at(folder, &file), records.concat()).unwrap();
    }
    let fine = [5, 22, 0, 87, 30, 79];
    let records = fine.map(|label| [&[0, label][..], &[label; 3072]].concat());
    fs::write(
        at(folder, "src/cifar-100-binary/train.bin"),
        records.concat(),
    )
    .unwrap();
    let names = "horse bed clock apple cat airplane television dog dolphin spider";
    for (number, name) in names.split(' ').enumerate() {
        let mut header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3, 784), }".to_owned();
        header += &" ".repeat(127 - 10 - header.len());
        header += "\n";
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.bytes());
        bytes.extend((0..3 * 784).map(|pixel| (pixel % 251) as u8 ^ number as u8));
        fs::write(at(folder, &format!("qd/{name}.npy")), bytes).unwrap();
    }
    for sibling in ["out/set.new", "out/set.v2.new"] {
        fs::write(at(folder, &format!("{sibling}/mine.txt")), "precious").unwrap();
    }
    let build = "data build --cifar src --quickdraw qd --out out/set.v2 --photos 1 --doodles 1";
    succeed(folder, &build.split(' ').collect::<Vec<_>>());
    assert!(folder.join("out/set.v2/train_data").is_dir());
    for sibling in ["out/set.new", "out/set.v2.new"] {
        let mine = fs::read(folder.join(sibling).join("mine.txt")).unwrap();
        assert_eq!(mine, b"precious");
    }
    assert_eq!(fs::read_dir(folder.join("out")).unwrap().count(), 3);
}

fn web_page(folder: &Path) {
    let listener = TcpListener::bind("localhost:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let page = "<!DOCTYPE html><html><head><title>Virus scan warning</title></head></html>";
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            let _ = connection.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n";
            let _ = write!(
                connection,
                "{head}Content-Length: {}\r\n\r\n{page}",
                page.len()
            );
        }
    });
    let address = format!("http://localhost:{port}/real_or_drawing.zip");
    let fetch = ["data", "fetch", "--address", &address, "--out", "got.zip"];
    fail(folder, &fetch, &["web page"]);
    assert_eq!(fs::read_dir(folder).unwrap().count(), 0);
}

fn state_dicts(folder: &Path) {
    fs::write(folder.join("names.txt"), "one\ntwo\nthree\n").unwrap();
    let import = |form: &dyn Fn(Value) -> Value, prefix: &str| {
        for (file, part) in [("e.bin", extractor()), ("p.bin", predictor())] {
            let value = form(prefixed(prefix, &part));
            fs::write(folder.join(file), torch_save(&value)).unwrap();
        }
        let import = "import --extractor e.bin --predictor p.bin --classes names.txt --out w";
        succeed(folder, &import.split(' ').collect::<Vec<_>>());
        fs::read(folder.join("w")).unwrap()
    };
    let plain = import(&|value| value, "");
    for prefix in ["module.", "_orig_mod.", "module._orig_mod."] {
        assert!(import(&|value| value, prefix) == plain, "{prefix}");
    }
    let nested = |key: &'static str| {
        move |value| Value::Dict(vec![("epoch".into(), Value::Int(3)), (key.into(), value)])
    };
    assert!(import(&nested("model_state_dict"), "") == plain);
    assert!(import(&nested("state_dict"), "model.") == plain);
}
