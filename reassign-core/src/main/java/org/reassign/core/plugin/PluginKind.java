package org.reassign.core.plugin;

import java.util.Arrays;
import java.util.Optional;
import org.pf4j.ExtensionPoint;
import org.reassign.api.spi.BrokerGateway;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.DropPolicy;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StorageLayout;

/**
 * The kinds of plugin.
 *
 * @param <T> the interface that plugins of the kind implement
 */
public record PluginKind<T extends ExtensionPoint>(String text, Class<T> type) {
    /** How records are stored. */
    public static final PluginKind<StorageLayout> STORAGE_LAYOUT =
            new PluginKind<>("storage-layout", StorageLayout.class);
    /** How changes of the ISR are noticed. */
    public static final PluginKind<IsrWatcher> ISR_WATCHER = new PluginKind<>("isr-watcher", IsrWatcher.class);
    /** Which replicas are dropped at a retarget. */
    public static final PluginKind<DropPolicy> DROP_POLICY = new PluginKind<>("drop-policy", DropPolicy.class);
    /** Which request wins in a conflict. */
    public static final PluginKind<ConflictPolicy> CONFLICT_POLICY =
            new PluginKind<>("conflict-policy", ConflictPolicy.class);
    /** How requests travel. */
    public static final PluginKind<RequestChannel> REQUEST_CHANNEL =
            new PluginKind<>("request-channel", RequestChannel.class);
    /** What carries commands to brokers. */
    public static final PluginKind<BrokerGateway> GATEWAY = new PluginKind<>("gateway", BrokerGateway.class);

    /** All kinds, in the order in which they are listed. */
    public static PluginKind<?>[] values() {
        return new PluginKind<?>[] {STORAGE_LAYOUT, ISR_WATCHER, DROP_POLICY, CONFLICT_POLICY, REQUEST_CHANNEL, GATEWAY
        };
    }

    /** The kind of that text; fails with {@link IllegalArgumentException} where there is none. */
    static PluginKind<?> named(String text) {
        return Arrays.stream(values())
                .filter(kind -> kind.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no kind of plugin is called '" + text + "'"));
    }

    /** The kind that a class is of; empty where it implements none of the interfaces. */
    static Optional<PluginKind<?>> of(Class<?> type) {
        return Arrays.stream(values())
                .filter(kind -> kind.type().isAssignableFrom(type))
                .findFirst();
    }

    @Override
    public String toString() {
        return text;
    }
}
