package org.reassign.it;

import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;

/** What controllers of ours have said, with the time, and what was done to them in between. May be used from any thread. */
final class ControllerLog {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Set<String> lackedBroker = ConcurrentHashMap.newKeySet();

    void say(String what) {
        lines.add(String.format("%tT.%<tL %s", System.currentTimeMillis(), what));
    }

    void answered(Answer answer) {
        if (answer.outcome() != Outcome.REFUSED) {
            return;
        }
        say(answer.toString());
        if (answer.refusal().map(Refusal::code).equals(Optional.of(Refusal.Code.UNREGISTERED_BROKER))) {
            lackedBroker.add(answer.partition());
        }
    }

    /** Whether a request for this partition was refused since a broker was not registered, as on a machine that is busy. */
    boolean lackedBroker(TopicPartition partition) {
        return lackedBroker.contains(partition.toString());
    }

    void clear() {
        lines.clear();
        lackedBroker.clear();
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
