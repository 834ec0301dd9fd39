package org.reassign.plugin.kafkabrokers.cluster;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The right to fetch into a cache, of one thread on this machine: a lock of the file {@code fetching.lock}, which goes with
 * the process that holds it. Waiting can be interrupted.
 */
final class FetchLock implements AutoCloseable {
    private static final String FOLDERS = "fetching-";
    /** A file's lock is held by the whole process. */
    private static final ReentrantLock IN_PROCESS = new ReentrantLock();

    private final Path cache;
    private final FileChannel file;

    private FetchLock(Path cache, FileChannel file) {
        this.cache = cache;
        this.file = file;
    }

    /** Waits for another that fetches, and says so. */
    static FetchLock acquire(Path cache, Consumer<String> notes) throws IOException {
        try {
            IN_PROCESS.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
        try {
            return new FetchLock(cache, locked(cache.resolve("fetching.lock"), notes));
        } catch (IOException | RuntimeException e) {
            IN_PROCESS.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path path, Consumer<String> notes) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = file.tryLock();
            if (lock == null) {
                notes.accept("another process fetches into " + path.getParent() + "; waiting until it has ended");
                lock = file.lock();
            }
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Deletes what fetches have left that were killed. */
    void deleteRemains() throws IOException {
        try (DirectoryStream<Path> remains = Files.newDirectoryStream(cache, FOLDERS + "*")) {
            for (Path left : remains) {
                if (Files.isDirectory(left)) {
                    Folders.delete(left);
                }
            }
        }
    }

    /** An empty folder to fetch into. */
    Path newFolder() throws IOException {
        return Files.createTempDirectory(cache, FOLDERS);
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            IN_PROCESS.unlock();
        }
    }
}
