package org.reassign.it;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.lead.Controller;

/** Kills the first controller right before it commits a certain write: the session is gone when the commit is sent. */
final class CrashBefore {
    private final Predicate<ZkWrite> which;
    private Optional<Controller> victim = Optional.empty();
    private boolean happened;

    private CrashBefore(Predicate<ZkWrite> which) {
        this.which = which;
    }

    static CrashBefore nothing() {
        return new CrashBefore(write -> false);
    }

    static CrashBefore write(Predicate<ZkWrite> which) {
        return new CrashBefore(which);
    }

    void kills(Controller controller) {
        victim = Optional.of(controller);
    }

    boolean hasHappened() {
        return happened;
    }

    ZkSessions in(ZkSessions sessions) {
        return actor -> new Port(sessions.open(actor));
    }

    private void before(List<ZkWrite> writes) {
        if (!happened && writes.stream().anyMatch(which)) {
            happened = true;
            victim.orElseThrow().kill();
        }
    }

    private final class Port implements ZkPort {
        private final ZkPort port;

        Port(ZkPort port) {
            this.port = port;
        }

        @Override
        public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
            before(writes);
            return port.commit(writes);
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path) {
            return port.getData(path);
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
            return port.getData(path, watch);
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path) {
            return port.getChildren(path);
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
            return port.getChildren(path, watch);
        }

        @Override
        public CompletionStage<Optional<ZkStat>> exists(String path) {
            return port.exists(path);
        }

        @Override
        public CompletionStage<Void> watchRecursively(String path, Consumer<ZkEvent> watch) {
            return port.watchRecursively(path, watch);
        }

        @Override
        public CompletionStage<Void> unwatch(String path, Consumer<ZkEvent> watch) {
            return port.unwatch(path, watch);
        }

        @Override
        public void onSession(Consumer<SessionEvent> listener) {
            port.onSession(listener);
        }

        @Override
        public void close() {
            port.close();
        }
    }
}
