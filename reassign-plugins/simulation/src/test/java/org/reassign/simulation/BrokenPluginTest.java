package org.reassign.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.BrokerGateway.Gateway;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.core.lead.Controller;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.ControllerSettings;
import org.reassign.core.lead.Plugins;
import org.reassign.core.memory.MemoryZooKeeper;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.WriteMode;
import org.reassign.plugin.simulatedbrokers.SimulatedBrokers;

/** A plugin that throws, or cannot work with this ZooKeeper, leaves no leader behind that has stopped half way. */
class BrokenPluginTest {
    private static final Duration LONG = Duration.ofSeconds(5);
    private static final Plugins SHIPPED = Combination.DEFAULT.plugins();

    private final VirtualTime time = new VirtualTime(() -> {});
    private final MemoryZooKeeper zooKeeper = new MemoryZooKeeper(time::run, time::nowMillis);
    private final AtomicInteger sessions = new AtomicInteger();
    private final Gateway gateway = new SimulatedBrokers().open(new BrokerGateway.Context(zooKeeper, time));

    private Controller controller(Plugins plugins, ZkSessions zk) {
        ZkSessions counted = actor -> {
            sessions.incrementAndGet();
            return zk.open(actor);
        };
        ControllerSettings settings = ControllerSettings.of(WriteMode.BATCHED);
        Controller controller = new Controller(counted, gateway, plugins, settings, time, new ControllerListener() {});
        controller.start();
        return controller;
    }

    private boolean go() {
        return time.await(() -> false, LONG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"layout", "channel", "watcher"})
    void aPluginThatThrowsEndsItsControllerAndAnotherLeads(String kind) {
        Controller failing = controller(broken(kind), zooKeeper);

        assertThatThrownBy(this::go).isInstanceOf(IllegalStateException.class).hasMessage("a vendor's mistake");

        assertThat(failing.leads()).isFalse();
        go();
        assertThat(sessions).as("it does not try again").hasValue(1);
        Controller other = controller(SHIPPED, zooKeeper);
        assertThat(time.await(other::leads, LONG)).isTrue();
    }

    @Test
    void aServerTooOldForTheWatcherEndsTheControllerWithASentence() {
        Plugins recursive = new Combination("separate", "recursive", "keep-all", WriteMode.BATCHED).plugins();
        Controller failing = controller(recursive, actor -> withoutRecursiveWatches(zooKeeper.open(actor)));

        assertThatThrownBy(this::go)
                .isInstanceOf(ZkException.class)
                .hasMessageContaining("needs the recursive watches of ZooKeeper 3.6 or later")
                .hasMessageContaining("choose the ISR watcher per-partition or batched");

        assertThat(failing.leads()).isFalse();
        go();
        assertThat(sessions).as("it does not try again").hasValue(1);
    }

    private static Plugins broken(String kind) {
        return new Plugins(
                kind.equals("layout") ? new NamedPlugin<>("broken", throwing(StorageLayout.class)) : SHIPPED.layout(),
                SHIPPED.otherLayouts(),
                kind.equals("watcher") ? new NamedPlugin<>("broken", throwing(IsrWatcher.class)) : SHIPPED.watcher(),
                SHIPPED.dropPolicy(),
                SHIPPED.conflictPolicy(),
                kind.equals("channel")
                        ? List.of(new NamedPlugin<>("broken", throwing(RequestChannel.class)))
                        : SHIPPED.channels(),
                SHIPPED.gateway());
    }

    private static <T> T throwing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            throw new IllegalStateException("a vendor's mistake");
        }));
    }

    private static ZkPort withoutRecursiveWatches(ZkPort port) {
        return (ZkPort) Proxy.newProxyInstance(
                ZkPort.class.getClassLoader(), new Class<?>[] {ZkPort.class}, (self, method, given) -> {
                    if (method.getName().equals("watchRecursively")) {
                        return CompletableFuture.failedFuture(
                                new ZkException(ZkException.Code.UNSUPPORTED, (String) given[0], 0));
                    }
                    try {
                        return method.invoke(port, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
