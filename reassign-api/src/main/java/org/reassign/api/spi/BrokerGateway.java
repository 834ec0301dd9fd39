package org.reassign.api.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.pf4j.ExtensionPoint;
import org.reassign.api.Evolving;
import org.reassign.api.model.Broker;
import org.reassign.api.zk.ZkSessions;

/** Carries the controller's commands to brokers. */
@Evolving(since = "1.0")
public interface BrokerGateway extends ExtensionPoint {
    /** Opens the gateway; the caller closes it. */
    Gateway open(Context context);

    /**
     * Whether its lab starts real brokers: processes of their own, which take long to start and of which one machine
     * carries one set at a time, with a controller of their own that is a {@link Rival}. The default: no.
     */
    default boolean startsRealBrokers() {
        return false;
    }

    /**
     * Opens what asks the brokers of a cluster for their replicas on disk. For clients, in processes of their own beside the
     * controller's: it takes no office, commands nothing, and asks for no more rights than that. The default: clients cannot
     * ask these brokers, as those that run in the controller's process.
     *
     * @param site where the cluster is; no brokers are started there
     * @return the caller closes it; empty where clients cannot ask
     */
    default Optional<BrokerDisks> openDisks(Site site) {
        return Optional.empty();
    }

    /**
     * The services that a gateway may use. A simulation gives virtual ones.
     *
     * @param sessions opens sessions with the cluster's ZooKeeper, for brokers that run in this process
     * @param timers clock and task queue of the gateway's own
     * @param site where the cluster is, for brokers that are processes of their own
     */
    record Context(ZkSessions sessions, Timers timers, Site site) {
        /** One for brokers in this process. */
        public Context(ZkSessions sessions, Timers timers) {
            this(sessions, timers, Site.NONE);
        }
    }

    /**
     * Where the cluster is.
     *
     * @param zooKeeper the address of its ZooKeeper for other processes, as {@code HOST:PORT[,…][/chroot]}; empty where
     *     they cannot reach it
     * @param isOwn whether that ZooKeeper was started for this run, so that it has no brokers but those that the gateway
     *     starts; else the brokers are there, and the gateway starts none
     * @param cache a folder for what is fetched once and used again; it need not exist yet
     * @param notes is told, in one sentence each, what the user should know while waiting; from any thread
     */
    record Site(Optional<String> zooKeeper, boolean isOwn, Path cache, Consumer<String> notes) {
        /** None that another process can reach. */
        public static final Site NONE = new Site(Optional.empty(), true, Path.of("cache"), note -> {});
    }

    /** How the controller behind a gateway becomes the one that {@code /controller} names. */
    enum Office {
        /** It waits until {@code /controller} is absent, as Kafka's own controllers do. */
        CONTEND,
        /**
         * The brokers behind the gateway have a controller of their own, which names one of them in {@code
         * /controller}: it is deposed when there is work to do, and gets the office back when the work is done. Another
         * process that is no broker is never deposed.
         */
        TAKE_OVER
    }

    /** An open gateway. Its methods may be called from any thread and do not block. */
    interface Gateway extends AutoCloseable {
        /**
         * Whether these brokers can be commanded. The controller asks with all registered brokers before it takes the
         * office, and again with each broker that registers while it holds it. May be called again while an earlier call
         * is not complete. A gateway uses it to open connections, so that the first requests are not late.
         *
         * @return completes with the reason why not, as one sentence that names the broker and the remedy; empty if all
         *     can be commanded. A reason is one that the next call would find again, such as a protocol that is too new or
         *     a wrong password: the controller stops with it. Fails where a broker could not be asked, with a message that
         *     is such a sentence: the controller asks again for a while. Completes on any thread and by a deadline of the
         *     gateway's own
         */
        CompletionStage<Optional<String>> check(List<Broker> brokers);

        /** How the office is won; the same at each call. */
        default Office office() {
            return Office.CONTEND;
        }

        /**
         * Sends one request. The stage completes with the broker's reply, on any thread, or fails where none came in
         * time, with a message that says why in one sentence. The request may or may not have been carried out when it
         * fails, and may be carried out late or twice. The controller has a deadline of its own, after which it ignores
         * the stage and sends again.
         */
        CompletionStage<BrokerReply> send(Broker to, BrokerRequest request);

        /** Ends all brokers that run in this process and closes all connections and sessions. */
        @Override
        void close();
    }

    /** A gateway whose brokers can be set up and disturbed, as simulated ones can. */
    interface LabGateway extends Gateway {
        /** The same at each call. */
        Lab lab();
    }
}
