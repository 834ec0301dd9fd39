package org.reassign.it;

/** What goes wrong while partitions of real brokers move. */
enum RealFault {
    /** Nothing. */
    NONE,
    /** Our controller is killed, and another one follows, with other plugins. */
    CONTROLLER_KILLED,
    /** Our controller stops in order with partitions in flight, and another one follows once Kafka's has led. */
    CONTROLLER_LEAVES,
    /** Our controller loses its connection for a moment. */
    CONNECTION_CUT,
    /** Our controller's session expires. */
    SESSION_EXPIRED,
    /** Somebody deletes {@code /controller}, and one of the brokers is elected. */
    OFFICE_TAKEN,
    /** The ZooKeeper server is stopped and started again. */
    ZOOKEEPER_RESTARTED,
    /** A broker stands still for a moment. */
    BROKER_PAUSED,
    /** A broker stands still until its session is over. */
    BROKER_ASLEEP,
    /** A broker is killed and, once its session is over, started again. */
    BROKER_KILLED;

    /** Whether a broker is not registered for a while; then it cannot be asked for as a new replica. */
    boolean endsBroker() {
        return this == BROKER_ASLEEP || this == BROKER_KILLED;
    }
}
