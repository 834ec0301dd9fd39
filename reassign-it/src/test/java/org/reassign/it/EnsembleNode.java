package org.reassign.it;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** One server of an {@link Ensemble}, a process of its own; it keeps its data while it is stopped. */
final class EnsembleNode {
    private static final int ANSWERS_MILLIS = 1_000;
    private static final List<String> JAVA = List.of(
            ProcessHandle.current().info().command().orElse("java"),
            "-Xmx96m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dzookeeper.forceSync=no",
            "-Dzookeeper.admin.enableServer=false");

    private final Path settings;
    private final int port;
    private Optional<Process> process = Optional.empty();

    /** It is not started. {@code port} is where it serves clients. */
    EnsembleNode(Path settings, int port) {
        this.settings = settings;
        this.port = port;
    }

    synchronized void start() {
        List<String> command = new ArrayList<>(JAVA);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                settings.toString()));
        File log = settings.resolveSibling("log").toFile();
        try {
            process = Optional.of(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it. */
    synchronized void stop() {
        process.ifPresent(running -> running.destroyForcibly().onExit().join());
        process = Optional.empty();
    }

    /** Stands still until it is resumed; its connections stay open. */
    synchronized void pause() {
        signal("STOP");
    }

    synchronized void resume() {
        signal("CONT");
    }

    private void signal(String name) {
        String command = "kill -" + name + " " + process.orElseThrow().pid();
        try {
            Process kill = new ProcessBuilder("sh", "-c", command).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
                throw new IllegalStateException(command + " has failed");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(command + " was interrupted", e);
        }
    }

    boolean leads() {
        return says("srvr", "Mode: leader");
    }

    /** Whether it leads or follows, and answers clients. */
    boolean serves() {
        return says("srvr", "Mode: ");
    }

    /** Whether it leads, and this many followers follow. */
    boolean leads(int followers) {
        return says("mntr", "zk_synced_followers\t" + followers);
    }

    private boolean says(String command, String text) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), ANSWERS_MILLIS);
            socket.setSoTimeout(ANSWERS_MILLIS);
            socket.getOutputStream().write(command.getBytes(US_ASCII));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
