//! The files of one generation, as the engine reads and writes them.
//!
//! Two things differ from the engine's own folder. Whoever only reads writes nothing,
//! not even a lock, so an index of another user or on a read-only disk can be searched;
//! a commit that comes meanwhile is met by opening again. And files get the permissions
//! that the umask gives, and the first failure of the system is remembered, because the
//! engine tells no cause when a thread of it fails.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::directory::error::{
    DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError,
};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// A generation that is only read.
#[derive(Debug, Clone)]
pub(super) struct ReadFiles(MmapDirectory);

/// A generation that is written.
#[derive(Debug, Clone)]
pub(super) struct WriteFiles {
    inner: MmapDirectory,
    root: PathBuf,
    failure: Failure,
}

/// The first failure of the system while files were written.
#[derive(Debug, Clone, Default)]
pub(super) struct Failure(Arc<Mutex<Option<io::Error>>>);

impl Failure {
    /// The failure, once.
    pub(super) fn take(&self) -> Option<io::Error> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.take()
    }

    fn note<T>(&self, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(error) = &outcome
            && error.kind() != io::ErrorKind::Interrupted
        {
            let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            held.get_or_insert_with(|| copy_of(error));
        }
        outcome
    }
}

/// An error of the system has no clone; its number says all of it.
fn copy_of(error: &io::Error) -> io::Error {
    match error.raw_os_error() {
        Some(number) => io::Error::from_raw_os_error(number),
        None => io::Error::new(error.kind(), error.to_string()),
    }
}

impl ReadFiles {
    pub(super) fn open(root: &Path) -> Result<Self, OpenDirectoryError> {
        MmapDirectory::open(root).map(Self)
    }
}

impl WriteFiles {
    pub(super) fn open(root: &Path, failure: &Failure) -> Result<Self, OpenDirectoryError> {
        Ok(Self {
            inner: MmapDirectory::open(root)?,
            root: root.to_owned(),
            failure: failure.clone(),
        })
    }

    fn write_whole(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let mut draft = draft_in(&self.root)?;
        draft.write_all(data)?;
        draft.as_file().sync_data()?;
        draft.into_temp_path().persist(self.root.join(path))?;
        Ok(())
    }
}

#[cfg(unix)]
fn draft_in(root: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt as _;
    // The umask takes away from this what the user wants taken away.
    let all = std::fs::Permissions::from_mode(0o666);
    let mut builder = tempfile::Builder::new();
    builder.permissions(all).tempfile_in(root)
}

#[cfg(not(unix))]
fn draft_in(root: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().tempfile_in(root)
}

impl Directory for ReadFiles {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(read_only()),
            filepath: path.to_owned(),
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(write_error(read_only(), path))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.0.watch(callback)
    }
}

impl Directory for WriteFiles {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let mut options = OpenOptions::new();
        let opened = options
            .write(true)
            .create_new(true)
            .open(self.root.join(path));
        let file = self
            .failure
            .note(opened)
            .map_err(|error| write_error(error, path))?;
        Ok(BufWriter::new(Box::new(NotedWrite {
            file,
            failure: self.failure.clone(),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.failure.note(self.write_whole(path, data))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.failure.note(self.inner.sync_directory())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

fn read_only() -> io::Error {
    io::Error::new(io::ErrorKind::Unsupported, "this index is only read")
}

fn write_error(error: io::Error, path: &Path) -> OpenWriteError {
    match error.kind() {
        io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
        _ => OpenWriteError::IoError {
            io_error: Arc::new(error),
            filepath: path.to_owned(),
        },
    }
}

/// A file that is written, whose failures are remembered.
struct NotedWrite {
    file: File,
    failure: Failure,
}

impl Write for NotedWrite {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.failure.note(self.file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.failure.note(self.file.flush())
    }
}

impl TerminatingWrite for NotedWrite {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        self.failure.note(self.file.sync_data())
    }
}
