using HostingOps.Sandbox.Api;

namespace HostingOps.Sandbox;

/// <summary>How a sandbox behaves. The defaults suit a rehearsal.</summary>
public sealed record SandboxOptions
{
    /// <summary>How long AWS takes.</summary>
    public SandboxTimings Timings { get; init; } = new();

    /// <summary>AWS's token buckets.</summary>
    public SandboxThrottling Throttling { get; init; } = new();

    /// <summary>Record sets that a hosted zone may have: AWS's quota MAX_RRSETS_BY_ZONE, which it raises on request. Default 10,000.</summary>
    public int ZoneQuota { get; init; } = 10_000;

    /// <summary>
    /// Whether the rehearsal inventory keeps hooks and notifications. Default false, for they reach out of the sandbox:
    /// a fence hook would take the real host off the net, and a webhook would wake a real person.
    /// </summary>
    public bool KeepHooksAndNotifications { get; init; }

    /// <summary>
    /// Full path of an nginx that serves, as this user and on loopback, the configuration in an EC2 instance's user data; null
    /// for the sandbox's own small redirector. Not on Windows.
    /// </summary>
    public string? NginxProgram { get; init; }

    /// <summary>
    /// Full path of an sshd with which instances that run nginx can be published to, as this user and on loopback, by the
    /// sandbox's own key; null for instances without ssh. Needs ssh-keygen, too. Not on Windows.
    /// </summary>
    public string? SshdProgram { get; init; }

    /// <summary>
    /// Changes what GetConsoleOutput shows of an instance's console, to rehearse a console that shows nothing, garbage or another
    /// machine's host keys; null shows what the instance wrote.
    /// </summary>
    public Func<string, string>? Console { get; init; }

    /// <summary>Told why nginx did not start on an instance.</summary>
    public Action<string>? OnNginxRefused { get; init; }

    /// <summary>What runs on EC2 instances; null for what the other options say.</summary>
    internal Apex.IInstanceSoftware? InstanceSoftware { get; init; }

    /// <summary>Where ids come from; a seeded one makes them repeatable. Used under a lock.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
