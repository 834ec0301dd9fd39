package org.reassign.core.decide;

import org.reassign.api.model.Replicas;

/**
 * What a decision sees of the world around one partition.
 *
 * @param live the registered brokers among those that matter to it, as last read
 * @param minInSyncReplicas the topic's min.insync.replicas
 * @param unclean whether a replica out of sync may lead if no live one is in sync, as the topic's configuration says
 * @param lingerOver whether a partition in sync may shrink now rather than wait for others of its topic
 * @param topicReadable whether the topic's znode can be read: if not, record and AR are not written and no replica is let go of,
 *     since nothing says then whether the record stands
 * @param dropsLeave whether dropped replicas leave AR as soon as they are stopped, rather than with the next write of the
 *     topic: another controller, which does not know of drops, may take over
 * @param controllerEpoch the epoch of the controller that decides
 */
public record DecisionInput(
        Replicas live,
        int minInSyncReplicas,
        boolean unclean,
        boolean lingerOver,
        boolean topicReadable,
        boolean dropsLeave,
        int controllerEpoch) {}
