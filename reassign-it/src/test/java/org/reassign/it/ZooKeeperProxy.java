package org.reassign.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * Stands between clients and one ZooKeeper server, knows what each packet asks, and breaks a client's connection at a
 * packet: before it is passed on, or when the server has answered, instead of passing on the answer.
 */
final class ZooKeeperProxy implements AutoCloseable {
    /** When a connection breaks. */
    enum Moment {
        BEFORE_THE_REQUEST,
        BEFORE_THE_ANSWER
    }

    private record Cut(Predicate<Packet> which, Moment moment) {}

    private final InetSocketAddress server;
    private final ServerSocket accepting;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final List<Packet> seen = new CopyOnWriteArrayList<>();
    private Optional<Cut> armed = Optional.empty();
    private Optional<Packet> cut = Optional.empty();
    private final AtomicInteger toRefuse = new AtomicInteger();

    /** A proxy for the server at {@code HOST:PORT}. */
    ZooKeeperProxy(String address) throws IOException {
        int colon = address.lastIndexOf(':');
        server = new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        accepting = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ProxiedConnection.thread(this::accept, "proxy").start();
    }

    String address() {
        return "127.0.0.1:" + accepting.getLocalPort();
    }

    /** Breaks the connection at the next packet of this kind, once. */
    synchronized void cutAt(Predicate<Packet> which, Moment moment) {
        armed = Optional.of(new Cut(which, moment));
        cut = Optional.empty();
    }

    /** The packet at which a connection was broken since it was told to. */
    synchronized Optional<Packet> cut() {
        return cut;
    }

    /** All requests that have come, in order. */
    List<Packet> seen() {
        return List.copyOf(seen);
    }

    /** Breaks all connections, and lets none come into being until so many attempts have failed. */
    void block(int attempts) {
        toRefuse.set(attempts);
        connections.forEach(ProxiedConnection::close);
    }

    /** How many attempts will fail. */
    int stillToRefuse() {
        return toRefuse.get();
    }

    private void accept() {
        while (!accepting.isClosed()) {
            try {
                connect(accepting.accept());
            } catch (IOException e) {
                if (accepting.isClosed()) {
                    return;
                }
            }
        }
    }

    private void connect(Socket client) throws IOException {
        if (toRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            client.close();
            return;
        }
        try {
            new ProxiedConnection(this, client, new Socket(server.getAddress(), server.getPort())).start();
        } catch (IOException serverIsDown) {
            client.close();
        }
    }

    void opened(ProxiedConnection connection) {
        connections.add(connection);
    }

    void closed(ProxiedConnection connection) {
        connections.remove(connection);
    }

    /** A request has come; when its connection is to break, if it is. */
    synchronized Optional<Moment> request(Packet packet) {
        seen.add(packet);
        Optional<Moment> moment = armed.filter(one -> one.which().test(packet)).map(Cut::moment);
        if (moment.isPresent()) {
            armed = Optional.empty();
            cut = Optional.of(packet);
        }
        return moment;
    }

    @Override
    public void close() throws IOException {
        accepting.close();
        connections.forEach(ProxiedConnection::close);
    }
}
