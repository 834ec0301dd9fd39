package org.reassign.core.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.model.Refusal;

/** What is waited for. Used by the client's thread only, but for the futures, which their owners may cancel. */
final class OpenWaits {
    private static final Duration FIRST = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final List<Wait> open = new ArrayList<>();
    private Duration pause = FIRST;

    /** A wait and its end. */
    static final class Wait {
        private final SubmittedTarget entry;
        private final CompletableFuture<Answer> end;
        private Optional<Answer> seen = Optional.empty();

        Wait(SubmittedTarget entry, CompletableFuture<Answer> end) {
            this.entry = entry;
            this.end = end;
        }

        /**
         * Takes what one look has found. The wait is over once two looks in a row have found the same, since a
         * record that moves from one layout to another meanwhile can be missed by one.
         */
        private void found(Optional<Answer> answer) {
            if (answer.isPresent() && answer.equals(seen)) {
                end.complete(answer.get());
            }
            seen = answer;
        }
    }

    void add(Wait wait) {
        open.add(wait);
        pause = FIRST;
    }

    boolean isEmpty() {
        open.removeIf(wait -> wait.end.isDone());
        return open.isEmpty();
    }

    /** Reads once and ends those waits that are over. */
    void look(ClientSession session) {
        Set<String> topics =
                open.stream().map(wait -> wait.entry.partition().topic()).collect(Collectors.toSet());
        Set<String> channels = open.stream().map(wait -> wait.entry.channel()).collect(Collectors.toSet());
        OutcomeCheck check = new OutcomeCheck(session.snapshot(topics, channels));
        Map<SubmittedTarget, KeptAnswer> kept =
                session.answers().of(open.stream().map(wait -> wait.entry).toList());
        session.answers().delete(kept.values());
        Map<List<String>, SortedMap<String, Refusal>> refusals = new HashMap<>();
        boolean changed = false;
        for (Wait wait : open) {
            if (kept.containsKey(wait.entry)) {
                wait.end.complete(OutcomeCheck.answer(wait.entry, kept.get(wait.entry)));
                changed = true;
                continue;
            }
            Optional<Answer> answer =
                    check.of(wait.entry, refusals.computeIfAbsent(wait.entry.requests(), session::refusals));
            changed |= answer.isPresent() || wait.seen.isPresent();
            wait.found(answer);
        }
        pause = changed ? FIRST : longer();
    }

    /** How long to wait before the next look. */
    Duration pause() {
        return pause;
    }

    /** A look failed and is to be repeated. */
    void failed() {
        pause = LONGEST;
    }

    void fail(Throwable failure) {
        open.forEach(wait -> wait.end.completeExceptionally(failure));
        open.clear();
    }

    private Duration longer() {
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        return longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
    }
}
