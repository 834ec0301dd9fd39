package org.reassign.it;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.reassign.it.ZooKeeperProxy.Moment;

/** One client's connection through a {@link ZooKeeperProxy}. */
final class ProxiedConnection {
    private final ZooKeeperProxy proxy;
    private final Socket client;
    private final Socket server;
    private volatile Optional<Integer> lastXid = Optional.empty();

    ProxiedConnection(ZooKeeperProxy proxy, Socket client, Socket server) {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
    }

    static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private interface Passing {
        void run() throws IOException;
    }

    void start() {
        proxy.opened(this);
        thread(() -> untilClosed(this::passRequests), "requests").start();
        thread(() -> untilClosed(this::passAnswers), "answers").start();
    }

    private void untilClosed(Passing passing) {
        try {
            passing.run();
        } catch (IOException closed) {
            close();
        }
    }

    private void passRequests() throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        DataOutputStream out = new DataOutputStream(server.getOutputStream());
        pass(readFrame(in), out); // opens the session
        while (true) {
            byte[] frame = readFrame(in);
            Packet packet = Packet.read(frame);
            Optional<Moment> cut = proxy.request(packet);
            if (cut.equals(Optional.of(Moment.BEFORE_THE_REQUEST))) {
                throw new IOException("cut");
            }
            if (cut.isPresent()) {
                lastXid = Optional.of(packet.xid());
            }
            pass(frame, out);
        }
    }

    private void passAnswers() throws IOException {
        DataInputStream in = new DataInputStream(server.getInputStream());
        DataOutputStream out = new DataOutputStream(client.getOutputStream());
        pass(readFrame(in), out);
        while (true) {
            byte[] frame = readFrame(in);
            int xid = ByteBuffer.wrap(frame).getInt();
            if (lastXid.filter(last -> last == xid).isPresent()) {
                throw new IOException("cut");
            }
            pass(frame, out);
        }
    }

    private static byte[] readFrame(DataInputStream in) throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    private static void pass(byte[] frame, DataOutputStream out) throws IOException {
        out.write(ByteBuffer.allocate(Integer.BYTES + frame.length)
                .putInt(frame.length)
                .put(frame)
                .array());
        out.flush();
    }

    void close() {
        proxy.closed(this);
        try {
            client.close();
        } catch (IOException e) {
            // it is closed
        }
        try {
            server.close();
        } catch (IOException e) {
            // it is closed
        }
    }
}
