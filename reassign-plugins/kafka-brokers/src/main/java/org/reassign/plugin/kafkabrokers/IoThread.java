package org.reassign.plugin.kafkabrokers;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.reassign.api.model.Broker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that speaks with all brokers. Its methods may be called from any thread and do not block; results
 * complete on it.
 */
final class IoThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IoThread.class);

    private record Submission(Broker broker, Exchange<?> exchange) {}

    private final TakeoverOptions options;
    private final Registrations registrations;
    private final Optional<Inquiry> inquiry;
    private final Queue<Submission> submitted = new ConcurrentLinkedQueue<>();
    private volatile Optional<KafkaNetwork> network = Optional.empty();
    /** Why nothing is sent any more; the thread ends once it is there. */
    private volatile Optional<GatewayException> end = Optional.empty();

    private IoThread(TakeoverOptions options, Registrations registrations, Optional<Inquiry> inquiry) {
        this.registrations = registrations;
        this.options = options;
        this.inquiry = inquiry;
    }

    /**
     * Starts it.
     *
     * @param inquiry what each connection begins with, so that its broker can be commanded; empty where none is commanded
     */
    static IoThread start(TakeoverOptions options, Registrations registrations, Optional<Inquiry> inquiry) {
        IoThread io = new IoThread(options, registrations, inquiry);
        Thread thread = new Thread(io::run, "takeover-io");
        thread.setDaemon(true);
        // Kafka and JAAS look up the classes that properties name by it
        thread.setContextClassLoader(IoThread.class.getClassLoader());
        thread.start();
        return io;
    }

    /** Queues what is to be said to a broker. The stage completes by the request timeout. */
    <T> CompletionStage<T> submit(Broker broker, Exchange.Content<T> content) {
        Exchange<T> exchange = new Exchange<>(
                content, KafkaNetwork.now() + options.requestTimeout().toMillis());
        submitted.add(new Submission(broker, exchange));
        end.ifPresent(this::failSubmitted);
        network.ifPresent(KafkaNetwork::wakeup);
        return exchange.result();
    }

    private void failSubmitted(GatewayException cause) {
        for (Submission next = submitted.poll(); next != null; next = submitted.poll()) {
            next.exchange().fail(cause);
        }
    }

    private void run() {
        try (KafkaNetwork opened = new KafkaNetwork(options.client())) {
            network = Optional.of(opened);
            inquiry.ifPresent(commanding -> CodecWarmUp.run());
            serve(new BrokerLinks(options, opened, registrations, inquiry));
        } catch (Throwable e) {
            end(GatewayException.lasting(
                    "the gateway 'takeover' has ended: " + (e instanceof RuntimeException ? e.getMessage() : e)
                            + "; correct the file that takeover.command-config names, or report this as a defect",
                    e));
            LOG.debug("the gateway ends", e);
        } finally {
            network = Optional.empty();
            failSubmitted(end.orElseThrow());
        }
    }

    private void serve(BrokerLinks links) {
        try {
            while (end.isEmpty()) {
                for (Submission next = submitted.poll(); next != null; next = submitted.poll()) {
                    links.add(next.broker(), next.exchange());
                }
                links.turn();
            }
        } catch (Throwable e) {
            end(GatewayException.lasting(
                    "the gateway 'takeover' has ended by a defect: " + e + "; restart this process", e));
            LOG.error("the gateway 'takeover' ends by a defect", e);
        } finally {
            links.endAll(end.orElseThrow());
        }
    }

    private synchronized void end(GatewayException cause) {
        if (end.isEmpty()) {
            end = Optional.of(cause);
        }
        network.ifPresent(KafkaNetwork::wakeup);
    }

    /** What is not answered fails, at once where the thread has not taken it yet. */
    @Override
    public void close() {
        end(GatewayException.passing("the gateway 'takeover' is closed; open a new one"));
        failSubmitted(end.orElseThrow());
    }
}
