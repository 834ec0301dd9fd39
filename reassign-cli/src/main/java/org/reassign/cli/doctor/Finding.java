package org.reassign.cli.doctor;

import java.util.List;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.zk.ZkWrite;

/**
 * Something that is left over or stuck.
 *
 * @param kind which kind, as users read it
 * @param path the znode that shows it
 * @param value what stands there
 * @param sinceMillis when it was written last, epoch milliseconds; 0 where that is not known
 * @param sentence what is wrong
 * @param consequence what a repair does, or what to do instead
 * @param repair the repair
 */
record Finding(
        Kind kind, String path, String value, long sinceMillis, String sentence, String consequence, Repair repair) {
    /** The kinds of damage. */
    enum Kind {
        ORPHAN_RECORD,
        CONTRADICTING_LAYOUT,
        UNATTENDED_REQUEST,
        UNATTENDED_REASSIGNMENT,
        ZOMBIE_LEGACY_ENTRY,
        FORGOTTEN_THROTTLE,
        OWED_DELETE_OF_GONE_BROKER,
        TOO_MANY_REPLICAS,
        STRAY_REPLICA
    }

    /** How it is repaired. */
    sealed interface Repair {
        /** By these writes, conditional on the versions that were read, in one transaction. */
        record Write(List<ZkWrite> writes) implements Repair {}

        /** By the controller that leads, alone. */
        record ByController() implements Repair {}

        /** By the operator alone: what is to be done needs a decision that no program can take. */
        record ByOperator() implements Repair {}

        /** By taking throttles off that nothing needs. */
        record Release() implements Repair {}

        /**
         * By a request for these replicas, which the controller carries out. What looks like damage may be meant, so that
         * it is repaired only where its kind is asked for by name.
         */
        record Request(TopicPartition partition, Replicas target) implements Repair {}
    }
}
