package org.reassign.core.lead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.zk.ZkStat;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.AnswerJson;
import org.reassign.core.store.Await;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;

/**
 * The answers that are kept: those that go with no other write, and how many there are. Their names must fit into one reply,
 * so the oldest are deleted once the names have more than {@link #NAMES} characters; when a term begins also those that are
 * older than {@link #AGE}.
 */
final class KeptAnswers {
    private static final int NAMES = 400_000;
    private static final Duration AGE = Duration.ofDays(1);

    private final TermContext context;
    /** Names of znodes, the oldest first; readers may have deleted some. */
    private final Set<String> stored = new LinkedHashSet<>();

    private final List<KeptAnswer> waiting = new ArrayList<>();
    private final List<String> outdated = new ArrayList<>();
    private int characters;

    KeptAnswers(TermContext context) {
        this.context = context;
    }

    void load() {
        Map<String, CompletionStage<Optional<ZkStat>>> reads = new LinkedHashMap<>();
        names().forEach(name -> reads.put(name, context.zk().exists(KeptAnswer.ROOT + "/" + name)));
        Map<String, ZkStat> stats = new LinkedHashMap<>();
        reads.forEach((name, read) -> Await.done(read).ifPresent(stat -> stats.put(name, stat)));
        long oldest = context.timers().nowMillis() - AGE.toMillis();
        stats.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> entry.getValue().czxid()))
                .forEach(entry -> {
                    if (entry.getValue().mtimeMillis() < oldest) {
                        outdated.add(entry.getKey());
                    } else {
                        add(entry.getKey());
                    }
                });
    }

    private List<String> names() {
        return Await.done(context.zk().getChildren(KeptAnswer.ROOT)).orElse(List.of());
    }

    private void add(String name) {
        if (stored.add(name)) {
            characters += name.length();
        }
    }

    /** These go with no other write. */
    void add(List<KeptAnswer> answers) {
        waiting.addAll(answers);
    }

    /** These are being written beside something else. */
    void counts(List<ZkWrite> creations) {
        creations.forEach(write -> add(write.path().substring(KeptAnswer.ROOT.length() + 1)));
    }

    /** The pending writes; {@link #written} says what became of them. */
    List<Op<Object>> take() {
        List<Op<Object>> ops = new ArrayList<>();
        for (KeptAnswer answer : waiting) {
            ZkWrite nothing = ZkWrite.check(KeptAnswer.ROOT, ZkWrite.ANY_VERSION);
            List<ZkWrite> creation = List.of(AnswerJson.create(answer));
            ops.add(new Op<Object>(Phase.HOUSEKEEPING, Set.of(answer.path()), nothing).beside(creation));
            counts(creation);
        }
        if (characters > NAMES) {
            forgetOldest();
        }
        for (String name : outdated) {
            String path = KeptAnswer.ROOT + "/" + name;
            ops.add(new Op<>(Phase.HOUSEKEEPING, Set.of(path), ZkWrite.delete(path, ZkWrite.ANY_VERSION)));
        }
        outdated.clear();
        return ops;
    }

    /** Looks what readers have left, and gives up the oldest of it down to three quarters, so that this is seldom done. */
    private void forgetOldest() {
        Set<String> left = new HashSet<>(names());
        stored.retainAll(left);
        characters = stored.stream().mapToInt(String::length).sum();
        Iterator<String> oldest = stored.iterator();
        while (characters > NAMES / 4 * 3) {
            String name = oldest.next();
            oldest.remove();
            characters -= name.length();
            outdated.add(name);
        }
    }

    /** The writes were done, except of these owners. */
    void written(Set<Object> failed) {
        waiting.removeIf(answer -> !failed.contains(answer.path()));
    }
}
