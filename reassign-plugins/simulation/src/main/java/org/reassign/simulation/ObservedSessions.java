package org.reassign.simulation;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;

/** Sessions of which every commit, whoever makes it, is looked at by the invariants right before and after. */
public record ObservedSessions(ZkSessions sessions, Invariants invariants, AnswerRules answers) implements ZkSessions {
    @Override
    public ZkPort open(String actor) {
        return new ObservedPort(sessions.open(actor), actor, invariants, answers);
    }

    private record ObservedPort(ZkPort port, String actor, Invariants invariants, AnswerRules answers)
            implements ZkPort {
        @Override
        public CompletionStage<List<ZkResult>> commit(List<ZkWrite> writes) {
            Runnable after = invariants.committing(actor, writes);
            Runnable answered = answers.committing(actor, writes);
            CompletionStage<List<ZkResult>> answer = port.commit(writes);
            CompletableFuture<List<ZkResult>> done = answer.toCompletableFuture();
            if (!done.isCompletedExceptionally()) {
                after.run();
                answered.run();
            } else {
                done.whenComplete((results, failure) -> invariants.failed(actor, failure));
            }
            return answer;
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path, Consumer<ZkEvent> watch) {
            CompletionStage<Optional<List<String>>> answer = port.getChildren(path, watch);
            if (!answer.toCompletableFuture().isCompletedExceptionally()) {
                invariants.listed(
                        actor, path, answer.toCompletableFuture().join().orElse(List.of()));
            }
            return answer;
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path) {
            return read(path, port.getData(path));
        }

        private CompletionStage<Optional<ZkNode>> read(String path, CompletionStage<Optional<ZkNode>> answer) {
            if (!answer.toCompletableFuture().isCompletedExceptionally()) {
                invariants.read(actor, path, answer.toCompletableFuture().join());
            }
            return answer;
        }

        @Override
        public CompletionStage<Optional<ZkNode>> getData(String path, Consumer<ZkEvent> watch) {
            return read(path, port.getData(path, watch));
        }

        @Override
        public CompletionStage<Optional<List<String>>> getChildren(String path) {
            return port.getChildren(path);
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
