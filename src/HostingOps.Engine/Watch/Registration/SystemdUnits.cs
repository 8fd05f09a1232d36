using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>The units of systemd, with as few rights as a watch needs.</summary>
internal static class SystemdUnits
{
    /// <summary>
    /// What keeps a watcher of thousands of sites small, as environment variables: TLS leaves holes in each of the C library's heaps,
    /// which are several unless one is asked for, and .NET takes a first generation as large as the processor's cache. No file of the
    /// program can say either.
    /// </summary>
    internal const string SmallMemory = "MALLOC_ARENA_MAX=1 DOTNET_GCgen0size=0x200000";

    private const string Advice = "# Run that again to change it; what is your own belongs into a drop-in: systemctl edit.";

    /// <summary>The service: without end, or a single run for a timer.</summary>
    public static string Service(WatchCommand command, bool once, ServiceAccount account, IReadOnlyList<string> environmentFiles)
    {
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"{WatchPlaces.Marker}")
            .AppendLine(Advice)
            .AppendLine("[Unit]")
            .AppendLine(once ? "Description=Check the hosted sites once" : "Description=Watch the hosted sites")
            .AppendLine("Wants=network-online.target")
            .AppendLine("After=network-online.target");
        if (!once)
        {
            // It is tried for ever: the cause may be the network, and nobody may be awake.
            text.AppendLine("StartLimitIntervalSec=0");
        }

        text.AppendLine().AppendLine("[Service]");
        text.AppendLine(CultureInfo.InvariantCulture, $"Type={(once ? "oneshot" : command.IsAgent ? "notify" : "exec")}");
        account.AppendTo(text);
        if (!command.IsAgent)
        {
            text.AppendLine("Environment=POWERSHELL_TELEMETRY_OPTOUT=1 POWERSHELL_UPDATECHECK=Off");
        }

        else if (!once)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"Environment={SmallMemory}");
        }

        foreach (var file in environmentFiles)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"EnvironmentFile={QuotedWord.SystemdFile(file)}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"ExecStart={QuotedWord.Systemd(command.Arguments)}");
        if (once)
        {
            text.AppendLine("TimeoutStartSec=10min");
        }
        else
        {
            if (command.IsAgent)
            {
                text.AppendLine("ExecReload=/bin/kill -HUP $MAINPID");

                // One that hangs is ended and begun again; it gives a sign of life every few seconds.
                text.AppendLine("WatchdogSec=90");
            }

            text.AppendLine("Restart=on-failure").AppendLine("RestartSec=10s");

            // A wrong command line stays wrong.
            text.AppendLine("RestartPreventExitStatus=2");
        }

        if (!command.IsAgent)
        {
            // As Ctrl+C: PowerShell then stops the pipeline, and an operation under way ends at a known place.
            text.AppendLine("KillSignal=SIGINT");
        }

        text.AppendLine("KillMode=mixed").AppendLine("TimeoutStopSec=90s");
        text.AppendLine("MemoryMax=512M").AppendLine("TasksMax=512").AppendLine();
        account.AppendSandboxTo(text);
        if (!once)
        {
            text.AppendLine().AppendLine("[Install]").AppendLine(CultureInfo.InvariantCulture, $"WantedBy={account.Target}");
        }

        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>The timer of single runs.</summary>
    public static string Timer(TimeSpan interval) => string.Create(CultureInfo.InvariantCulture, $"""
        {WatchPlaces.Marker}
        {Advice}
        [Unit]
        Description=Check the hosted sites every {Seconds(interval)}

        [Timer]
        OnActiveSec=10s
        OnUnitActiveSec={Seconds(interval)}
        AccuracySec=1s

        [Install]
        WantedBy=timers.target

        """).ReplaceLineEndings("\n");

    private static string Seconds(TimeSpan span) => span.TotalSeconds % 60 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0}min")
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0}s");
}
