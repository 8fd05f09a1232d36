using System.Globalization;
using System.Text;

namespace HostingOps.Engine.Watch.Registration;

/// <summary>As whom a unit runs, and what it may not do.</summary>
/// <param name="Scope">Whose unit it is.</param>
/// <param name="User">The account of a unit of the machine.</param>
/// <param name="IsDynamic">Whether systemd makes the account up while the unit runs; one of that name that exists is used.</param>
/// <param name="StateFolder">A folder other than its own that it writes its state to, or null.</param>
/// <param name="SeesHomes">Whether something that it reads is in a home folder.</param>
internal sealed record ServiceAccount(SiteWatchScope Scope, string User, bool IsDynamic, string? StateFolder, bool SeesHomes)
{
    public string Target => Scope == SiteWatchScope.System ? "multi-user.target" : "default.target";

    /// <summary>The lines that name it, and its folders.</summary>
    public void AppendTo(StringBuilder text)
    {
        text.AppendLine("UMask=0077");
        if (Scope == SiteWatchScope.User)
        {
            return;
        }

        if (IsDynamic)
        {
            text.AppendLine("DynamicUser=yes");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"User={User}");
        text.AppendLine("StateDirectory=hostingops").AppendLine("StateDirectoryMode=0750");

        // .NET and PowerShell keep caches in their home.
        text.AppendLine("Environment=HOME=%S/hostingops");
        if (StateFolder is not null)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"ReadWritePaths={QuotedWord.SystemdPath(StateFolder)}");
        }
    }

    /// <summary>The lines that take rights away. A unit of an account can only use those that need no privilege.</summary>
    public void AppendSandboxTo(StringBuilder text)
    {
        text.AppendLine("NoNewPrivileges=yes");
        if (Scope == SiteWatchScope.System)
        {
            text.AppendLine("CapabilityBoundingSet=").AppendLine("AmbientCapabilities=");
            text.AppendLine("ProtectSystem=strict");
            text.AppendLine(CultureInfo.InvariantCulture, $"ProtectHome={(SeesHomes ? "read-only" : "yes")}");
            text.AppendLine("""
                PrivateTmp=yes
                PrivateDevices=yes
                ProtectClock=yes
                ProtectHostname=yes
                ProtectKernelLogs=yes
                ProtectKernelModules=yes
                ProtectKernelTunables=yes
                ProtectControlGroups=yes
                ProtectProc=invisible
                RemoveIPC=yes
                """);
        }

        text.AppendLine("""
            RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX AF_NETLINK
            RestrictNamespaces=yes
            RestrictRealtime=yes
            RestrictSUIDSGID=yes
            LockPersonality=yes
            SystemCallArchitectures=native
            SystemCallFilter=@system-service
            SystemCallFilter=~@privileged
            SystemCallErrorNumber=EPERM
            # MemoryDenyWriteExecute= is missing on purpose: .NET compiles at run time.
            """);
    }
}
