package org.reassign.zk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor.RequestProcessorException;
import org.apache.zookeeper.server.UnimplementedRequestProcessor;
import org.apache.zookeeper.server.ZooKeeperServer;

/** Answers as an older server does: what it does not know goes to that processor, which closes the connection. */
final class OldServer extends ZooKeeperServer {
    final AtomicInteger refused = new AtomicInteger();
    private final Set<Integer> unknown;

    /**
     * A server that is not started.
     *
     * @param unknown the {@link org.apache.zookeeper.ZooDefs.OpCode}s that it does not know
     */
    OldServer(Path folder, Set<Integer> unknown) throws IOException {
        super(folder.toFile(), folder.toFile(), 1000);
        this.unknown = unknown;
    }

    @Override
    protected void registerJMX() {}

    @Override
    protected void unregisterJMX() {}

    @Override
    public void submitRequestNow(Request request) {
        if (!unknown.contains(request.type)) {
            super.submitRequestNow(request);
            return;
        }
        refused.incrementAndGet();
        try {
            new UnimplementedRequestProcessor().processRequest(request);
        } catch (RequestProcessorException e) {
            throw new IllegalStateException(e);
        }
    }
}
