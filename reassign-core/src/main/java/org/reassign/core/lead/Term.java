package org.reassign.core.lead;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.image.ClusterImage;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.image.Known;
import org.reassign.core.image.Observation;
import org.reassign.core.image.TopicImage;
import org.reassign.core.observe.BrokerObserver;
import org.reassign.core.observe.Observers;
import org.reassign.core.observe.StateObserver;
import org.reassign.core.observe.ToRead;
import org.reassign.core.observe.TopicObserver;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Store;

/**
 * The time in which one image is kept: begins knowing nothing, recovers what is stored, then takes turns, and ends with
 * the connection. Used by the loop's thread only.
 */
final class Term implements BrokerQueues.Replies, Reactions.Watched, AutoCloseable {
    private final TermContext context;
    private final Store store;
    private final ActiveSettings active;
    private final Roots roots;
    private final Agenda agenda = new Agenda();
    private final ToRead toRead = new ToRead();
    private final CurrentImage image;
    private final Refusals refusals;
    private final KeptAnswers kept;
    private final BrokerQueues queues;
    private final BrokerCheck check;
    private final Requests requests;
    private final Set<String> strays = new LinkedHashSet<>();
    private final OwedDeleteQueue owed;
    private final Notifications notifications;
    private final Cleanup cleanup;
    private final Observers observers;
    private final CompletionBatching batching;
    private final TopicConfigs configs;
    private final AdmissionWaves waves;
    private final Admission admission;
    private final TurnExecutor executor;
    private final ThrottleRelease throttles;
    private boolean recovered;

    Term(TermContext context, Store store, BrokerQueues queues, BrokerCheck check) {
        this.context = context;
        refusals = new Refusals(context.zk());
        kept = new KeptAnswers(context);
        this.store = store;
        this.queues = queues;
        this.check = check;
        active = new ActiveSettings(context, store);
        roots = new Roots(context, store, active);
        OddZnodes odd = new OddZnodes(context.listener());
        requests = new Requests(context, refusals, kept, odd, toRead::roots);
        image = new CurrentImage(new Reactions(context, agenda, toRead, queues, requests, this));
        owed = new OwedDeleteQueue(context, image, toRead, queues, strays::add);
        notifications = new Notifications(context, image, toRead, active::withdraw);
        cleanup = new Cleanup(context, store, toRead, requests, owed, notifications, strays);
        observers = observers();
        throttles = new ThrottleRelease(context, image, requests, store);
        batching = new CompletionBatching(context, image, agenda);
        configs = new TopicConfigs(context.zk());
        waves = new AdmissionWaves(context, image, agenda);
        DropProposal drops = new DropProposal(context, image, configs);
        admission = new Admission(context, image, agenda, observers, requests, drops, waves);
        CommittedEffects effects = new CommittedEffects(context, image, agenda, queues, requests);
        executor = new TurnExecutor(
                new TurnDecider(context, image, agenda, configs, batching),
                new TurnPlanner(context, image, agenda, requests, owed),
                store,
                new TurnOutcome(image, agenda, toRead, requests, effects, observers.states()),
                requests,
                cleanup,
                new TurnBackOff(context));
    }

    private Observers observers() {
        ZkPort zk = context.zk();
        return new Observers(
                new BrokerObserver(zk, context.wholeCluster(), image, toRead, context.loop()::mark),
                new TopicObserver(
                        zk,
                        context.plugins().layouts(),
                        image,
                        toRead,
                        strays::add,
                        context.listener()::warning,
                        context.loop()::mark),
                new StateObserver(
                        zk,
                        context.plugins().watcher().plugin(),
                        image,
                        toRead,
                        context.loop()::mark,
                        notifications::found));
    }

    /**
     * Recovery: reads roots, owed deletes, topics with their records, and brokers. Reassignments in flight are then
     * taken up with an epoch raise due, unless the term before was at this controller epoch and they are as it knew
     * them. Commands that brokers may have missed without a controller are sent.
     *
     * @param known what that term knew
     */
    void begin(Optional<Known> known) {
        active.read();
        roots.make();
        active.publish();
        refusals.load();
        kept.load();
        owed.refresh();
        observers.topics().begin(new LayoutMigration(context, store)::move);
        active.moved();
        observers.brokers().refresh();
        known.ifPresent(this::resume);
        image.observe(new Observation.AnnouncedUpTo(active.announcedBefore()));
        observers.states().begin();
        observers.refresh();
    }

    private void resume(Known known) {
        known.gone(image.get()).forEach(queues::dropTopic);
        image.observe(new Observation.Resumed(known));
    }

    /** What is known, for the next term at this controller epoch; empty if recovery had not come that far. */
    Optional<ClusterImage> known() {
        return Optional.of(image.get()).filter(ClusterImage::began);
    }

    void turn() {
        if (toRead.takeRoots() && roots.remake(() -> notifications.renamed(observers.states()))) {
            image.observe(new Observation.AnnouncedUpTo(active.announcedBefore()));
        }
        active.turn();
        configs.forget();
        observers.refresh();
        SortedMap<TopicPartition, Admitted> admitted = admission.admit();
        observers.states().readMarked(); // after admission, which reads and watches those that come in flight
        executor.turn(admitted);
        waves.turned();
        cleanup.turn();
        throttles.turn();
        queues.flush();
        recovered |= queues.idle();
        boolean noneFailed = image.get().failed().isEmpty(); // they are found by telling their brokers of them
        if (!active.isAnnounced() && queues.idle() && knowsAll() && !hasUndecided() && noneFailed) {
            active.announced();
        }
        context.listener()
                .workload(new Workload(
                        image.get().inFlight(), requests.waiting(), owed.owed().size(), queues.countFailing()));
    }

    /** Whether every topic that has existed since this term began was read at least once. */
    private boolean knowsAll() {
        return image.get().unreadable().stream().map(image.get().topics()::get).allMatch(TopicImage::wasRead);
    }

    /** Whether there are partitions to decide, whose commands are not sent yet. */
    private boolean hasUndecided() {
        return agenda.hasUndecided() || toRead.hasMore();
    }

    /** Whether every broker has answered the commands of recovery, or has failed to answer. */
    boolean recovered() {
        return recovered || queues.countFailing() > 0;
    }

    /** Whether another turn must follow although nothing has happened since. */
    boolean hasMore() {
        return (hasUndecided() || agenda.isFoldDue()) && !executor.pauses();
    }

    /** What is left to do. */
    Remaining remaining() {
        boolean effects = hasUndecided() || !queues.idle() || !cleanup.idle() || !throttles.idle();
        boolean replicas = image.get().inFlight() > 0 || image.get().known() > 0;
        Remaining later = effects ? Remaining.EFFECTS : replicas ? Remaining.REPLICAS : Remaining.NOTHING;
        return requests.idle() ? later : Remaining.REQUESTS;
    }

    /** Whether nothing is in flight but what Kafka's controller sees, and completes with the right layout. */
    boolean isLeftToKafka() {
        return LeftToKafka.all(image.get());
    }

    /** Zxids of the requests that it has seen and that are still stored, and of the brokers that were registered. */
    Set<Long> seen() {
        Set<Long> seen = new HashSet<>(requests.seen());
        image.get().live().values().forEach(broker -> seen.add(broker.epoch()));
        seen.addAll(throttles.left());
        return seen;
    }

    /** The connection was lost and is back: events in between may be missing. */
    void reconnected() {
        observers.states().reread();
        requests.invalidate();
        throttles.reread();
        toRead.brokers();
        toRead.topicNames();
        toRead.notifications();
        agenda.fold();
    }

    @Override
    public void sent(int broker, BrokerRequest request) {
        context.listener().sent(broker, request);
    }

    @Override
    public void epochConfirmed(int broker, TopicPartition partition, int leaderEpoch) {
        image.observe(new Observation.EpochKnown(broker, partition, leaderEpoch));
    }

    @Override
    public void stopped(int broker, StopPartition stop) {
        image.observe(new Observation.ReplicaStopped(broker, stop.partition()));
        owed.stopped(broker, stop.partition());
    }

    @Override
    public void fenced(int broker, StopPartition stop) {
        image.observe(new Observation.StopFenced(broker, stop.partition(), stop.leaderEpoch()));
    }

    @Override
    public void storageFailed(int broker, TopicPartition partition) {
        active.withdrawNext();
        image.observe(new Observation.StorageFailed(broker, partition));
    }

    @Override
    public void unanswered(int broker, StopPartition stop) {
        image.observe(new Observation.StopUnanswered(broker, stop.partition()));
    }

    @Override
    public void deposed(int broker) {
        throw new LeadershipLost(
                "broker " + broker + " knows a newer controller than epoch "
                        + context.fence().epoch(),
                null);
    }

    @Override
    public void restarted(int broker) {
        toRead.brokers();
    }

    @Override
    public void failed(int broker, String why) {
        context.listener()
                .warning("broker " + broker + ": " + why
                        + "; it is sent again, look at the broker's log and its network");
    }

    @Override
    public void forget(TopicPartition partition) {
        batching.forget(partition);
        observers.states().forget(partition);
    }

    @Override
    public void forget(String topic) {
        observers.topics().gone(topic);
    }

    @Override
    public void brokersChanged() {
        observers.states().brokersChanged();
    }

    @Override
    public void brokerCame(int broker) {
        owed.brokerCame(broker);
        Optional.ofNullable(image.get().live().get(broker)).ifPresent(check::registered);
    }

    @Override
    public void close() {
        observers.close();
        image.discard();
    }
}
