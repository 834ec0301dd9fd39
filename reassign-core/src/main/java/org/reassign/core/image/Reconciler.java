package org.reassign.core.image;

import java.util.function.UnaryOperator;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.decide.PartitionState;

/** Takes an image and an observation, and gives the next image with the facts that the difference means. */
public final class Reconciler implements Observation.Handler {
    private final Draft draft;
    private final TopicReconciler topics;
    private final BrokerReconciler brokers;

    private Reconciler(Draft draft) {
        this.draft = draft;
        this.topics = new TopicReconciler(draft);
        this.brokers = new BrokerReconciler(draft);
    }

    /** Pure: equal arguments give equal results. */
    public static Reconciled reconcile(ClusterImage before, Observation seen) {
        Draft draft = new Draft(before);
        seen.tell(new Reconciler(draft));
        return draft.done();
    }

    @Override
    public void topicsListed(Observation.TopicsListed seen) {
        topics.listed(seen.names());
    }

    @Override
    public void topicRead(Observation.TopicRead seen) {
        topics.read(seen);
    }

    @Override
    public void stateRead(Observation.StateRead seen) {
        new StateReconciler(draft).read(seen);
    }

    @Override
    public void brokersRead(Observation.BrokersRead seen) {
        brokers.read(seen.live());
    }

    @Override
    public void resumed(Observation.Resumed seen) {
        new Resumption(draft).resume(seen.known());
    }

    @Override
    public void announcedUpTo(Observation.AnnouncedUpTo seen) {
        brokers.announceAfter(seen.zxid());
    }

    @Override
    public void written(Observation.Written seen) {
        seen.after().forEach(this::written);
        seen.persisted()
                .forEach((partition, p) -> draft.put(partition, image(partition).written(p)));
        seen.failed()
                .forEach((partition, p) -> draft.put(partition, image(partition).attempted(p)));
        seen.topics()
                .forEach((name, topic) ->
                        draft.put(draft.image().topics().get(name).written(topic.version(), topic.fields())));
    }

    private void written(TopicPartition partition, PartitionState p) {
        PartitionImage now = image(partition).written(p);
        if (now.isInFlight()) {
            draft.put(partition, now);
        } else {
            draft.put(partition, now.forgotten());
            draft.add(new Fact.PartitionForgotten(partition));
        }
    }

    private PartitionImage image(TopicPartition partition) {
        return draft.image().partition(partition).orElseThrow();
    }

    @Override
    public void epochKnown(Observation.EpochKnown seen) {
        answered(seen.partition(), p -> p.leaderAndIsrAnswered(seen.broker(), seen.leaderEpoch()));
    }

    @Override
    public void storageFailed(Observation.StorageFailed seen) {
        brokers.failed(seen.broker(), seen.partition());
    }

    @Override
    public void logDirFailed(Observation.LogDirFailed seen) {
        brokers.tellAgain(seen.broker());
    }

    @Override
    public void replicaStopped(Observation.ReplicaStopped seen) {
        answered(seen.partition(), p -> p.stopAnswered(seen.broker()));
    }

    @Override
    public void stopFenced(Observation.StopFenced seen) {
        answered(
                seen.partition(),
                p -> p.leaving().contains(seen.broker()) && p.state().leaderEpoch() == seen.leaderEpoch()
                        ? p.stopFenced()
                        : p);
    }

    @Override
    public void stopUnanswered(Observation.StopUnanswered seen) {
        answered(seen.partition(), p -> p.stopUnanswered(seen.broker()));
    }

    private void answered(TopicPartition partition, UnaryOperator<PartitionState> change) {
        draft.change(
                partition,
                image -> image.decidable(partition)
                        .map(p -> image.answered(change.apply(p)))
                        .orElse(image));
    }
}
