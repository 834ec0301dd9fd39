package org.reassign.testkit;

import org.reassign.api.spi.RequestChannel;

/** The channel under test, and what may lawfully differ between channels. */
public interface RequestChannelTraits {
    /** The channel, made as the host would make it. */
    RequestChannel channel();

    /** Whether a cancel can be submitted; if not, it is refused with a sentence that names the partition. */
    default boolean carriesCancels() {
        return true;
    }

    /** Whether requester and reason arrive; if not, they come as unsaid. */
    default boolean carriesRequesterAndReason() {
        return true;
    }

    /** Whether a request over ZooKeeper's limit is split; if not, it is refused with a sentence. */
    default boolean splits() {
        return true;
    }

    /** Whether a request's zxid is that of its znode's creation; if not, that of its last change. */
    default boolean ordersByCreation() {
        return true;
    }

    /** Whether a request that was refused as a whole is deleted; if not, it is left for its author to fix. */
    default boolean deletesWhatItRefusesAsAWhole() {
        return true;
    }

    /** Whether what cannot be read is refused here; if not, another channel does that, which must be open beside it. */
    default boolean refusesWhatNobodyCanRead() {
        return true;
    }
}
