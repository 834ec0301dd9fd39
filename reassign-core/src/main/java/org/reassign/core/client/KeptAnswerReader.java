package org.reassign.core.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.KeptAnswer;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.AnswerJson;
import org.reassign.core.store.Await;

/** Reads the answers that a controller has kept, and deletes what was taken. Blocks. */
final class KeptAnswerReader {
    private final ZkReader reader;
    private final ZkPort zk;

    KeptAnswerReader(ZkReader reader, ZkPort zk) {
        this.reader = reader;
        this.zk = zk;
    }

    /** The answers to those of the entries that have one. */
    Map<SubmittedTarget, KeptAnswer> of(Collection<SubmittedTarget> entries) {
        if (entries.stream().allMatch(entry -> entry.answer().isEmpty())) {
            return Map.of();
        }
        Set<String> stored =
                new HashSet<>(Await.done(reader.getChildren(KeptAnswer.ROOT)).orElse(List.of()));
        Map<SubmittedTarget, CompletionStage<Optional<ZkNode>>> reads = new HashMap<>();
        entries.forEach(entry -> path(entry)
                .filter(path -> stored.contains(path.substring(KeptAnswer.ROOT.length() + 1)))
                .ifPresent(path -> reads.put(entry, reader.getData(path))));
        Map<SubmittedTarget, KeptAnswer> answers = new HashMap<>();
        reads.forEach((entry, read) -> Await.done(read)
                .flatMap(node -> AnswerJson.decode(entry.answer().orElseThrow(), entry.partition(), node.text()))
                .ifPresent(answer -> answers.put(entry, answer)));
        return answers;
    }

    private static Optional<String> path(SubmittedTarget entry) {
        return entry.answer().map(name -> KeptAnswer.path(name, entry.partition()));
    }

    /** Deletes these; one that cannot be deleted now is deleted by a controller in time. */
    void delete(Collection<KeptAnswer> read) {
        List<CompletionStage<List<ZkResult>>> deletions = read.stream()
                .map(answer -> zk.commit(List.of(ZkWrite.delete(answer.path(), ZkWrite.ANY_VERSION))))
                .toList();
        deletions.forEach(deletion -> Await.done(deletion.handle((done, failure) -> done)));
    }
}
