package org.reassign.plugin.requestchannels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;

/**
 * The targets, and the notifications of one kind, as stored. A target belongs to the first notification that can have
 * announced it: one that was created when the target was last written, or after. So a request keeps its id for as long
 * as it is stored, and one that was overwritten is known. A target that none announces is a request of its own, with the
 * id {@code topic-N@mzxid}.
 */
final class ValueFirst {
    private final List<RequestNotification> own;
    private final SortedMap<String, Target> targets = new TreeMap<>();
    private final ZkSnapshot stored;

    /**
     * A target.
     *
     * @param path where it lies
     * @param entry what it asks for
     * @param mzxid when it was written last
     * @param version of the znode
     * @param by what announced it
     * @param answer the name for its answer, where none has announced it and one is wanted
     */
    private record Target(
            String path,
            StoredRequest.Entry entry,
            long mzxid,
            int version,
            Optional<RequestNotification> by,
            Optional<String> answer) {
        String id() {
            return by.map(RequestNotification::id).orElseGet(() -> ownId(entry, mzxid));
        }
    }

    ValueFirst(String kind, ZkSnapshot stored) {
        this.stored = stored;
        List<RequestNotification> all = notifications(stored);
        Announcements announcements = new Announcements(all);
        own = all.stream()
                .filter(notification -> notification.kind().equals(kind))
                .toList();
        stored.nodes().forEach((path, node) -> {
            if (TargetZnode.ALL.matches(path) && node.data().length > 0) {
                targets.put(path, target(path, node, announcements));
            }
        });
    }

    /** The notifications of all kinds, in the order of their creation. */
    static List<RequestNotification> notifications(ZkSnapshot stored) {
        return stored.nodes().entrySet().stream()
                .filter(entry -> RequestZnodes.ALL.matches(entry.getKey()))
                .flatMap(entry -> RequestNotification.read(entry.getKey(), entry.getValue()).stream())
                .sorted(Comparator.comparingLong(RequestNotification::czxid))
                .toList();
    }

    private static Target target(String path, ZkNode node, Announcements announcements) {
        StoredRequest.Entry entry = TargetZnode.read(path, node.data());
        long mzxid = node.stat().mzxid();
        Optional<RequestNotification> by =
                TargetZnode.partition(path).flatMap(partition -> announcements.of(partition, mzxid));
        Optional<String> answer =
                by.isPresent() ? Optional.empty() : TargetZnode.answer(path, node.data(), ownId(entry, mzxid));
        return new Target(path, entry, mzxid, node.stat().version(), by, answer);
    }

    private static String ownId(StoredRequest.Entry entry, long mzxid) {
        return entry.name() + "@" + mzxid;
    }

    /** The requests: of each notification one per zxid of its targets, and one per target that none announces. */
    List<StoredRequest> requests() {
        List<StoredRequest> requests = new ArrayList<>();
        Map<String, List<Target>> announced = targets.values().stream()
                .filter(target -> target.by().isPresent())
                .collect(Collectors.groupingBy(Target::id));
        for (RequestNotification notification : own) {
            SortedMap<Long, List<StoredRequest.Entry>> byZxid = new TreeMap<>();
            List<StoredRequest.Entry> others = new ArrayList<>(notification.faulty());
            others.addAll(overwritten(notification).values());
            if (!others.isEmpty()) {
                byZxid.put(notification.czxid(), others);
            }
            announced
                    .getOrDefault(notification.id(), List.of())
                    .forEach(target -> byZxid.computeIfAbsent(target.mzxid(), zxid -> new ArrayList<>())
                            .add(target.entry()));
            if (byZxid.isEmpty()) {
                byZxid.put(notification.czxid(), List.of());
            }
            byZxid.forEach((zxid, entries) -> requests.add(incoming(notification, zxid, entries)));
        }
        targets.values().stream()
                .filter(target -> target.by().isEmpty())
                .map(ValueFirst::unannounced)
                .forEach(requests::add);
        return requests;
    }

    private static StoredRequest incoming(
            RequestNotification notification, long zxid, List<StoredRequest.Entry> entries) {
        return new StoredRequest(
                notification.id(),
                notification.path(),
                Mechanism.REQUEST,
                zxid,
                notification.requester(),
                notification.reason(),
                entries,
                notification.refusal(),
                notification.answer());
    }

    private static StoredRequest unannounced(Target target) {
        return new StoredRequest(
                target.id(),
                target.path(),
                Mechanism.REQUEST,
                target.mzxid(),
                Optional.empty(),
                Optional.empty(),
                List.of(target.entry()),
                Optional.empty(),
                target.answer());
    }

    /**
     * Named partitions whose value was written again after the notification: what it announced is lost. Not so where the
     * znode was made anew: what it announced was settled then, and deleted.
     */
    private SortedMap<TopicPartition, StoredRequest.Entry> overwritten(RequestNotification notification) {
        SortedMap<TopicPartition, StoredRequest.Entry> lost = new TreeMap<>();
        for (TopicPartition partition : notification.named()) {
            String path = TargetZnode.path(partition);
            stored.get(path)
                    .filter(node -> node.data().length > 0
                            && node.stat().mzxid() > notification.czxid()
                            && node.stat().czxid() <= notification.czxid())
                    .ifPresent(node -> lost.put(partition, overwritten(notification, partition, path)));
        }
        return lost;
    }

    private static StoredRequest.Entry overwritten(
            RequestNotification notification, TopicPartition partition, String path) {
        String sentence = "the target that " + Shown.path(notification.path()) + " announced for " + partition
                + " was overwritten in " + path
                + " by a later request before it was read; ask again if it is still wanted";
        return new StoredRequest.Overwritten(partition, new Refusal(Code.OVERWRITTEN, sentence));
    }

    /**
     * Deletes settled targets, parents that are empty then or were left so by a crash, and last the notifications all of
     * whose entries are settled: while there is one, there is cause to come back here. Of the others those names are taken
     * out whose targets were overwritten and that are settled all the same.
     */
    List<SettlementWrite> settle(List<Settlement> settled) {
        Map<String, List<Settlement>> byRequest = SettledEntries.byRequest(settled);
        Map<String, Set<String>> gone = new TreeMap<>();
        Set<String> unsettled = new HashSet<>();
        for (StoredRequest request : requests()) {
            List<Settlement> ofThis = byRequest.getOrDefault(request.id(), List.of());
            Set<String> names = SettledEntries.names(request, ofThis);
            gone.computeIfAbsent(request.id(), id -> new HashSet<>()).addAll(names);
            boolean all = request.entries().isEmpty()
                    ? ofThis.stream().anyMatch(one -> one.name().equals(request.id()))
                    : names.size() == request.entries().size();
            if (!all) {
                unsettled.add(request.id());
            }
        }
        List<SettlementWrite> writes = new ArrayList<>(deletions(gone));
        for (RequestNotification notification : own) {
            if (!unsettled.contains(notification.id())) {
                writes.add(write(notification.id(), ZkWrite.delete(notification.path(), notification.version())));
                continue;
            }
            Set<TopicPartition> lost = new HashSet<>(overwritten(notification).keySet());
            lost.removeIf(partition -> !gone.get(notification.id()).contains(partition.toString()));
            if (!lost.isEmpty()) {
                ZkNode node = stored.get(notification.path()).orElseThrow();
                writes.add(write(notification.id(), notification.without(lost, node)));
            }
        }
        return writes;
    }

    private static SettlementWrite write(String request, ZkWrite write) {
        return new SettlementWrite(Set.of(request), write);
    }

    private List<SettlementWrite> deletions(Map<String, Set<String>> gone) {
        List<SettlementWrite> writes = new ArrayList<>();
        Set<String> deleted = new HashSet<>();
        Map<String, Set<String>> requestsByParent = new HashMap<>();
        targets.forEach((path, target) -> {
            if (gone.getOrDefault(target.id(), Set.of()).contains(target.entry().name())) {
                deleted.add(path);
                requestsByParent
                        .computeIfAbsent(path.substring(0, path.lastIndexOf('/')), parent -> new HashSet<>())
                        .add(target.id());
                writes.add(new SettlementWrite(
                        Set.of(target.id()),
                        ZkWrite.delete(path, target.version()),
                        Set.of(target.entry().name())));
            }
        });
        stored.nodes().forEach((path, node) -> {
            if (TargetZnode.PARENTS.matches(path) && emptied(path, deleted)) {
                Set<String> requests = requestsByParent.getOrDefault(path, gone.keySet());
                writes.add(new SettlementWrite(
                        requests, ZkWrite.delete(path, node.stat().version())));
            }
        });
        return writes;
    }

    private boolean emptied(String parent, Set<String> deleted) {
        List<String> children = stored.nodes().tailMap(parent + "/").keySet().stream()
                .takeWhile(path -> path.startsWith(parent + "/"))
                .toList();
        return deleted.containsAll(children);
    }
}
