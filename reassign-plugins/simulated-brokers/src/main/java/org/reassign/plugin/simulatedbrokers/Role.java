package org.reassign.plugin.simulatedbrokers;

import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Replicas;

/** What a broker believes to be for one partition. */
sealed interface Role {
    /** The newest leader epoch that it obeyed. */
    int leaderEpoch();

    /**
     * It believes it leads.
     *
     * @param state the {@code state} znode as it knows it
     * @param zkVersion the version of that znode as it knows it; its next ISR write is conditional on it
     * @param replicas the followers it serves, and itself
     * @param writing how it stands with ISR writes
     */
    record Leading(LeaderAndIsr state, int zkVersion, Replicas replicas, Writing writing) implements Role {
        @Override
        public int leaderEpoch() {
            return state.leaderEpoch();
        }

        Leading with(Writing now) {
            return new Leading(state, zkVersion, replicas, now);
        }

        /** The content of {@code state} with another ISR: all else, unknown fields too, stays. */
        LeaderAndIsr stateWith(Replicas isr) {
            return new LeaderAndIsr(state.leader(), state.leaderEpoch(), state.controllerEpoch(), isr, state.unknown());
        }
    }

    /**
     * It believes it follows.
     *
     * @param leader whom
     * @param leaderEpoch at which epoch it fetches
     * @param fetching whether it fetches; not after a StopReplica that deletes nothing
     */
    record Following(int leader, int leaderEpoch, boolean fetching) implements Role {}

    /** How a leader stands with ISR writes of one partition; at most one is on its way. */
    enum Writing {
        /** Nothing is on its way. */
        IDLE,
        /** A write is on its way. */
        SENT,
        /** A write met another version: it writes no more until the next LeaderAndIsr. */
        STUCK
    }
}
