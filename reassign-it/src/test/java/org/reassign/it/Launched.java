package org.reassign.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@code reassign} command in a process of its own, as its launcher starts it; what it prints is in a file. */
final class Launched implements AutoCloseable {
    private static final Path LAUNCHER = Path.of(System.getProperty("reassign.dist"), "bin", "reassign");
    private static final long LIMIT_SECONDS = 120;

    private final Process process;
    private final Path printed;

    /** Starts it; {@code folder} gets the file. */
    Launched(Path folder, String... arguments) {
        try {
            printed = Files.createTempFile(folder, arguments[0], ".out");
            List<String> command = new ArrayList<>(List.of(LAUNCHER.toString()));
            command.addAll(Arrays.asList(arguments));
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(printed.toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("the launcher cannot be started", e);
        }
    }

    /** Everything that it has printed so far. */
    String printed() {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new AssertionError(printed + " cannot be read", e);
        }
    }

    /** Waits until it has printed this, and fails at once where it ends without. */
    Launched awaitPrinted(String text) {
        RealBrokers.eventually(text, () -> {
            if (!process.isAlive() && !printed().contains(text)) {
                throw new IllegalStateException("it has ended without '" + text + "': " + printed());
            }
            assertThat(printed()).contains(text);
        });
        return this;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. */
    int exitCode() {
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS))
                    .as("the end of a process that has printed " + printed())
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
        return process.exitValue();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        var unused = exitCode();
    }

    /** SIGTERM, and the exit code. */
    int terminate() {
        process.destroy();
        return exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
