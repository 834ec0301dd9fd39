package org.reassign.cli.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.reassign.cli.Distribution;

/** {@code reassign controller} in a process of its own, with its log in a file. */
final class ProcessOfController implements AutoCloseable {
    private final Path out;
    private final Path err;
    private final Process process;

    private ProcessOfController(Path out, Path err, Process process) {
        this.out = out;
        this.err = err;
        this.process = process;
    }

    /** Starts one; {@code name} is that of its log. */
    static ProcessOfController start(Path folder, String name, String... options) throws IOException {
        List<String> words = new ArrayList<>(List.of("controller"));
        words.addAll(List.of(options));
        Path out = folder.resolve(name + ".out");
        Path err = folder.resolve(name + ".err");
        Process process = Distribution.reassign(words.toArray(String[]::new))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        return new ProcessOfController(out, err, process);
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    /** Waits until the log has this. */
    void awaitLog(String text) throws IOException {
        Wait.until("'" + text + "' in " + out, () -> out().contains(text) || !process.isAlive());
        assertThat(out() + err()).contains(text);
    }

    /** {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Sends a signal and returns the exit code. */
    int end(String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        return exitCode();
    }

    /** The exit code, once it ends. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the process ends").isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
