using System.Globalization;
using HostingOps.Engine.Apex.Recovery;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>Worlds whose configuration is too large for user data, with real nginx and real sshd on the instances.</summary>
internal static class LargeRecoveries
{
    /// <summary>The inventory with so many names, made so long that they don't pack into 16 KiB.</summary>
    public static HostingInventory With(this HostingInventory inventory, int names)
    {
        var random = new Random(1);
        var length = Math.Clamp(30_000 / names, 12, 60);
        return inventory with
        {
            Sites = Enumerable.Range(0, names)
                .Select(index => TestSites.Site(string.Create(CultureInfo.InvariantCulture, $"s{index}")) with
                {
                    Domain = string.Concat(Enumerable.Range(0, length).Select(_ => "abcdefghijklmnopqrstuvwxyz0123456789"[random.Next(36)])) + ".example",
                })
                .ToList(),
        };
    }

    public static Task<ApexWorld> StartAsync(int names, Func<string, string>? console = null)
    {
        Skip.If(OperatingSystem.IsWindows(), "The sandbox has nginx and sshd on Unix only.");
        foreach (var part in new[] { "ssh", "ssh-keygen", "flock" })
        {
            RealPart.Require(part);
        }

        var (nginx, sshd) = (RealPart.Require("nginx"), RealPart.Require("sshd"));
        return ApexWorld.StartAsync(
            change: inventory => inventory.With(names) with
            {
                Apex = inventory.Apex! with { Instance = new ApexInstanceSettings { Type = "t3.micro", KeyName = "ops", SecurityGroup = "web" } },
            },
            sandbox: options => options with { NginxProgram = nginx, SshdProgram = sshd, Console = console });
    }

    public static ApexRecoveryOptions SshWays(this ApexWorld world, bool planned = false) => world.Ways(planned) with
    {
        ThrottleLimit = 16,
        ConsoleTimeout = TimeSpan.FromSeconds(30),
        IdentityFile = world.Sandbox.IdentityFile,
    };
}
