using System.Collections.Concurrent;
using System.Net;
using HostingOps.Sandbox.Ec2;

namespace HostingOps.Sandbox.Apex;

/// <summary>
/// The instances' side of EC2: boots what their user data says, gives every public address its ports on loopback, and
/// leads connections to whatever has the address.
/// </summary>
internal sealed class ApexNetwork : IAsyncDisposable
{
    private const int AddressesAhead = 3;

    private readonly Ec2Store store;
    private readonly IInstanceSoftware software;
    private readonly SandboxTimings timings;
    private readonly TimeProvider timeProvider;
    private readonly ConcurrentDictionary<string, InstanceMachine> machines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Address, int Port), PublicPort> ports = new();
    private readonly ConcurrentBag<Task> ending = [];
    private readonly int[] publicPorts;
    private int lastLoopback;

    /// <summary>Wires itself to the store.</summary>
    public ApexNetwork(Ec2Store store, IInstanceSoftware software, SandboxTimings timings, TimeProvider timeProvider, Func<string, string>? console)
    {
        publicPorts = software.HasSsh ? [80, 443, 22] : [80, 443];
        this.store = store;
        this.software = software;
        this.timings = timings;
        this.timeProvider = timeProvider;
        store.Launched = Launch;
        store.Console = instance => machines.GetValueOrDefault(instance.Id)?.Running?.Console is { } written ? console?.Invoke(written) ?? written : null;
        store.Allocated = Open;
        store.Ended = instance =>
        {
            if (machines.TryRemove(instance.Id, out var machine))
            {
                ending.Add(Task.Run(async () => await machine.DisposeAsync().ConfigureAwait(false)));
            }
        };
        store.RoutesChanged = () =>
        {
            foreach (var port in ports.Values)
            {
                port.Cut();
            }
        };
    }

    /// <summary>By <c>address:port</c>: where the public addresses are answered.</summary>
    public IReadOnlyDictionary<string, string> ConnectTo => ports.ToDictionary(
        static port => FormattableString.Invariant($"{port.Key.Address}:{port.Key.Port}"), static port => port.Value.Endpoint.ToString(), StringComparer.Ordinal);

    /// <summary>Is called, under the store's lock, when <see cref="ConnectTo"/> has more in it.</summary>
    public Action? WaysChanged { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        WaysChanged = null;
        store.Launched = null;
        store.Console = null;
        store.Allocated = null;
        store.Ended = null;
        store.RoutesChanged = null;
        await Task.WhenAll(ports.Values.Select(static port => port.DisposeAsync().AsTask())).ConfigureAwait(false);
        await Task.WhenAll(machines.Values.Select(static machine => machine.DisposeAsync().AsTask()).Concat(ending)).ConfigureAwait(false);
    }

    private void Open(string publicIp)
    {
        if (ports.ContainsKey((publicIp, publicPorts[^1])))
        {
            return;
        }

        foreach (var port in publicPorts)
        {
            ports[(publicIp, port)] = new PublicPort(() => Route(publicIp, port));
        }

        WaysChanged?.Invoke();
    }

    private void Launch(Instance instance)
    {
        // Also those of the next launches: who was told the ways once can follow a recovery that has not begun yet.
        foreach (var own in store.NextOwnAddresses(AddressesAhead).Append(instance.OwnPublicIp).OfType<string>())
        {
            Open(own);
        }

        var serving = instance.RunningAt + timings.InstanceBoot - store.Now;
        var boot = new InstanceBoot(instance.Id, instance.UserData, Loopback(Interlocked.Increment(ref lastLoopback))) { KeyName = instance.KeyName };
        machines[instance.Id] = new InstanceMachine(software, boot, serving, timeProvider);
    }

    private PublicRoute Route(string publicIp, int port)
    {
        Instance? instance;
        bool dark;
        lock (store.Gate)
        {
            instance = store.Holder(publicIp);
            if (instance is null || store.State(instance) != InstanceState.Running)
            {
                return store.FailedZones.Contains(instance?.AvailabilityZone ?? "") ? PublicRoute.Silent : PublicRoute.Refused;
            }

            dark = store.FailedZones.Contains(instance.AvailabilityZone);
        }

        var running = machines.GetValueOrDefault(instance.Id)?.Running;
        return dark ? PublicRoute.Silent : new PublicRoute(port switch { 80 => running?.Http, 443 => running?.Https, _ => running?.Ssh }, false);
    }

    // All of 127.0.0.0/8 is this machine (RFC 1122 §3.2.1.3), but macOS listens on 127.0.0.1 only unless told otherwise.
    private static IPAddress Loopback(int number) => OperatingSystem.IsMacOS()
        ? IPAddress.Loopback
        : new IPAddress([127, 0, (byte)(1 + (number / 250)), (byte)(1 + (number % 250))]);
}
