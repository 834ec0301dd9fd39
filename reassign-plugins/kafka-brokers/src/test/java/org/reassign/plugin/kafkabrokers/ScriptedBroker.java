package org.reassign.plugin.kafkabrokers;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;
import org.reassign.api.model.Broker;
import org.reassign.api.model.Endpoint;

/** A server on a loopback socket that speaks Kafka's frames and does what the test says. */
final class ScriptedBroker implements AutoCloseable {
    /** What to do with a request: answer it, leave it unanswered, or close the connection. */
    sealed interface Reaction {}

    record Answer(ApiMessage message) implements Reaction {}

    record Silence() implements Reaction {}

    record Close() implements Reaction {}

    private final ServerSocket server;
    private final Function<AbstractRequest, Reaction> usual;
    private final Deque<Reaction> script = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final BlockingQueue<AbstractRequest> received = new LinkedBlockingQueue<>();
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    /** Reacts as {@code usual} says, where the script says nothing. */
    ScriptedBroker(Function<AbstractRequest, Reaction> usual) {
        this.usual = usual;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    private static void daemon(Runnable run) {
        Thread thread = new Thread(run, "scripted-broker");
        thread.setDaemon(true);
        thread.start();
    }

    Broker broker(int id, long epoch) {
        Endpoint endpoint = new Endpoint("PLAINTEXT", "PLAINTEXT", "127.0.0.1", server.getLocalPort());
        return new Broker(id, epoch, List.of(endpoint), Optional.empty());
    }

    /** What to do with the next commands, one after the other. */
    void then(Reaction... reactions) {
        synchronized (script) {
            script.addAll(List.of(reactions));
        }
    }

    /** How many connections there have been. */
    int connections() {
        return connections.get();
    }

    /** The next command, which it has received or will. */
    AbstractRequest take() {
        try {
            return received.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a command was received that was not taken. */
    boolean hasMore() {
        return !received.isEmpty();
    }

    /** Closes the connections as a broker does with idle ones. */
    void closeConnections() {
        synchronized (sockets) {
            sockets.forEach(ScriptedBroker::close);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                daemon(() -> serve(socket));
            }
        } catch (IOException closed) {
            closeConnections();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            while (true) {
                byte[] frame = new byte[in.readInt()];
                in.readFully(frame);
                ByteBuffer bytes = ByteBuffer.wrap(frame);
                RequestHeader header = RequestHeader.parse(bytes);
                AbstractRequest request =
                        AbstractRequest.parseRequest(header.apiKey(), header.apiVersion(), bytes).request;
                Reaction reaction = reaction(request);
                if (reaction instanceof Close) {
                    return;
                }
                if (reaction instanceof Answer answer) {
                    socket.getOutputStream().write(frame(header, answer.message()));
                }
            }
        } catch (EOFException | java.net.SocketException end) {
            // the other side has closed it, or this one
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reaction reaction(AbstractRequest request) {
        if (ScriptedAnswers.isCommand(request)) {
            Reaction scripted;
            synchronized (script) {
                scripted = script.poll();
            }
            received.add(request);
            return scripted == null ? usual.apply(request) : scripted;
        }
        return usual.apply(request);
    }

    private static byte[] frame(RequestHeader header, ApiMessage message) {
        ResponseHeader answered = header.toResponseHeader();
        ByteBuffer body =
                RequestUtils.serialize(answered.data(), answered.headerVersion(), message, header.apiVersion());
        ByteBuffer frame = ByteBuffer.allocate(4 + body.remaining());
        frame.putInt(body.remaining()).put(body);
        return frame.array();
    }

    /** Ends it, with its connections. */
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
