package org.reassign.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.reassign.zk.EmbeddedZooKeeper;

/** A ZooKeeper whose limit somebody has raised, in a process of its own, and a client that makes use of it. */
final class GenerousZooKeeper implements AutoCloseable {
    private final Process process;
    private final String address;
    private final CuratorFramework client;

    GenerousZooKeeper(int limitBytes) throws IOException {
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djute.maxbuffer=" + limitBytes,
                        "-cp",
                        System.getProperty("java.class.path"),
                        GenerousZooKeeper.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        address =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        client = CuratorFrameworkFactory.newClient(address, new RetryOneTime(1));
        client.start();
    }

    /** The server: says its address, and ends with its input. */
    public static void main(String... none) throws IOException {
        try (EmbeddedZooKeeper server = EmbeddedZooKeeper.start()) {
            System.out.println(server.address());
            while (System.in.read() >= 0) {
                // nobody says anything
            }
        }
    }

    String address() {
        return address;
    }

    /** Writes a znode, whatever its size. */
    void write(String path, String text) throws Exception {
        client.create().orSetData().creatingParentsIfNeeded().forPath(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        client.close();
        process.destroy();
    }
}
