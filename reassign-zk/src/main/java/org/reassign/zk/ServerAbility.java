package org.reassign.zk;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.client.ConnectStringParser;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/**
 * What older servers cannot do. A server answers an operation that it does not know with UNIMPLEMENTED and closes the
 * connection, so it is found by trying; four-letter words may be switched off.
 */
public enum ServerAbility {
    /** Creations that answer with the znode's metadata, as every lone creation of a {@link ZkPort} does. */
    CREATE_WITH_STAT("3.5") {
        @Override
        CompletionStage<?> attempt(ZkPort zk) {
            return zk.commit(List.of(ZkWrite.create(ALWAYS_THERE, ""))); // fails: the znode exists
        }
    },
    /** Persistent recursive watches. */
    RECURSIVE_WATCH("3.6") {
        @Override
        CompletionStage<?> attempt(ZkPort zk) {
            return zk.watchRecursively(ALWAYS_THERE, event -> {});
        }
    };

    private static final String ALWAYS_THERE = "/zookeeper";
    private static final int TIMEOUT_MILLIS = 2000;
    private static final int LONGEST_ANSWER = 4096;
    private static final Pattern VERSION = Pattern.compile("version: ([0-9]+(?:\\.[0-9]+)*)");

    private final String since;

    ServerAbility(String since) {
        this.since = since;
    }

    /** The first version of ZooKeeper that has it. */
    public String since() {
        return since;
    }

    abstract CompletionStage<?> attempt(ZkPort zk);

    /**
     * Whether the server of this session has it. Changes no znode. Waits for the answer.
     *
     * @param zk a session without chroot, of no further use where the answer is no: its connection is closed then
     * @throws ZkException where the server does not answer
     */
    public boolean isOf(ZkPort zk) {
        try {
            attempt(zk).toCompletableFuture().join();
            return true;
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof ZkException zkFailure)) {
                throw e;
            }
            return switch (zkFailure.code()) {
                case UNSUPPORTED -> false;
                case CONNECTION_LOSS, SESSION_EXPIRED -> throw zkFailure;
                default -> true; // refused for another reason, so it is known
            };
        }
    }

    /**
     * The version that a server of these says it has, such as {@code 3.4.14}; empty where none answers {@code srvr}.
     *
     * @param servers {@code HOST:PORT[,HOST:PORT…]}
     */
    public static Optional<String> version(String servers) {
        return new ConnectStringParser(servers)
                .getServerAddresses().stream()
                        .flatMap(server -> version(server).stream())
                        .findFirst();
    }

    private static Optional<String> version(InetSocketAddress server) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(server.getHostString(), server.getPort()), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            Matcher found = VERSION.matcher(new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // the version is only told to the user
        }
    }
}
