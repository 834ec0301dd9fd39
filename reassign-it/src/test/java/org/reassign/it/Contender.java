package org.reassign.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.reassign.api.model.Answer;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.Lab;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.decide.InFlightLimits;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.OfficeSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.conflictpolicies.ArrivalOrder;
import org.reassign.plugin.droppolicies.KeepAll;
import org.reassign.plugin.isrwatchers.PerPartition;
import org.reassign.plugin.requestchannels.Legacy;
import org.reassign.plugin.requestchannels.Payload;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;
import org.reassign.plugin.storagelayouts.Separate;

/** A controller in real time, with what it has said and the sessions that it has opened. */
final class Contender implements ControllerListener, AutoCloseable {
    final BlockingQueue<Integer> epochsLed = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> elections = new LinkedBlockingQueue<>();
    final BlockingQueue<String> interruptions = new LinkedBlockingQueue<>();
    final BlockingQueue<String> stops = new LinkedBlockingQueue<>();
    final BlockingQueue<String> warnings = new LinkedBlockingQueue<>();
    final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    final ThreadTimers thread = new ThreadTimers();
    final Controller controller;

    private final ThreadTimers brokers = new ThreadTimers();
    private final BrokerGateway.LabGateway gateway;
    private final List<ZkPort> opened = new CopyOnWriteArrayList<>();
    private final int id;
    private final BlockingQueue<Contender> elected;

    /** One that puts itself into a queue each time that it is elected. */
    Contender(ZkSessions sessions, int id, BlockingQueue<Contender> elected) {
        this.id = id;
        this.elected = elected;
        ZkSessions kept = actor -> {
            ZkPort port = sessions.open(actor);
            opened.add(port);
            return port;
        };
        gateway = new SimulatedBrokers().open(new BrokerGateway.Context(sessions, brokers));
        ControllerSettings settings = new ControllerSettings(
                id,
                WriteMode.BATCHED,
                Duration.ZERO,
                Duration.ofMillis(50),
                true,
                InFlightLimits.NONE,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                OfficeSettings.DEFAULT);
        controller = new Controller(kept, gateway, plugins(), settings, thread, this);
    }

    /** Begins to campaign. */
    Contender start() {
        controller.start();
        return this;
    }

    /** The session that it opened last. */
    ZkPort session() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public void elected(int controllerEpoch) {
        elections.add(controllerEpoch);
    }

    @Override
    public void interrupted(String why) {
        interruptions.add(why);
    }

    @Override
    public void leads(int controllerEpoch) {
        epochsLed.add(controllerEpoch);
        elected.add(this);
    }

    @Override
    public void stopped(String why) {
        stops.add(why);
    }

    @Override
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    @Override
    public void answered(Answer answer) {
        answers.add(answer);
    }

    /** The brokers that it commands. */
    Lab lab() {
        return gateway.lab();
    }

    @Override
    public String toString() {
        return "controller " + id;
    }

    @Override
    public void close() {
        controller.kill();
        thread.close();
        gateway.close();
        brokers.close();
    }

    /** The next thing said; fails where it is not said at all. */
    static <T> T next(BlockingQueue<T> said) throws InterruptedException {
        T next = said.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was said");
        }
        return next;
    }

    private static Plugins plugins() {
        return new Plugins(
                new NamedPlugin<>("separate", new Separate()),
                List.of(),
                new NamedPlugin<>("per-partition", new PerPartition()),
                new NamedPlugin<>("keep-all", new KeepAll()),
                new NamedPlugin<>("arrival-order", new ArrivalOrder()),
                List.of(new NamedPlugin<>("payload", new Payload()), new NamedPlugin<>("legacy", new Legacy())),
                new NamedPlugin<>("simulated", new SimulatedBrokers()));
    }
}
