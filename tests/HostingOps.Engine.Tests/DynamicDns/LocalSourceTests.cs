using System.Diagnostics;
using System.Net.NetworkInformation;
using HostingOps.Engine.DynamicDns.Asking;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.DynamicDns;

public sealed class LocalSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [SkippableFact]
    public async Task A_command_that_prints_one_address_is_heard_whatever_it_says_beside()
    {
        var answer = await RunAsync("echo 'known host added' >&2; echo 5.9.1.1");

        Assert.Equal("5.9.1.1", answer.Address);
        Assert.Equal("command sh", answer.Operator);
    }

    [SkippableTheory]
    [InlineData("echo 5.9.1.1; exit 3", "exit code 3", AddressAnswerOutcome.NoAnswer)]
    [InlineData("echo '<html>'", "HTML", AddressAnswerOutcome.Refused)]
    [InlineData("echo 10.0.0.1", "private", AddressAnswerOutcome.Refused)]
    [InlineData("echo 5.9.1.1 5.9.1.2", "more than one", AddressAnswerOutcome.Refused)]
    [InlineData(":", "nothing", AddressAnswerOutcome.Refused)]
    [InlineData("while :; do echo 55555555555555555; done", "more than 512 bytes", AddressAnswerOutcome.Refused)]
    public async Task Anything_else_is_not(string script, string says, AddressAnswerOutcome outcome)
    {
        var answer = await RunAsync(script);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Contains(says, answer.Reason, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_command_that_hangs_is_killed_with_its_children()
    {
        var mark = folder.Combine("pid");

        var answer = await RunAsync($"sleep 600 & echo $! > '{mark}'; wait", TimeSpan.FromMilliseconds(700));

        Assert.Equal(AddressAnswerOutcome.NoAnswer, answer.Outcome);
        var child = int.Parse(File.ReadAllText(mark).Trim(), System.Globalization.CultureInfo.InvariantCulture);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            for (var tries = 0; tries < 100; tries++)
            {
                using var process = Process.GetProcessById(child);
                if (process.HasExited)
                {
                    throw new ArgumentException("It is gone.");
                }

                await Task.Delay(50);
            }
        });
    }

    [SkippableFact]
    public async Task A_command_is_told_the_family_and_runs_in_the_inventorys_folder_without_a_shell()
    {
        Assert.Equal("5.9.1.1", (await RunAsync("test \"$HOSTINGOPS_ADDRESS_FAMILY\" = IPv4 && test \"$(pwd)\" = \"$0\" && echo 5.9.1.1", arguments: [folder.Path])).Address);
        Assert.Contains("no such program", (await AskAsync("command:no-such-program-here")).Reason, StringComparison.Ordinal);
        Assert.Null((await AskAsync("command:[\"echo\",\"$(echo 5.9.1.1)\"]")).Address);
    }

    [Fact]
    public async Task An_interface_without_a_public_address_is_no_witness()
    {
        var loopback = NetworkInterface.GetAllNetworkInterfaces().First(static network => network.NetworkInterfaceType == NetworkInterfaceType.Loopback).Name;

        var answer = await AskAsync("interface:" + loopback);

        Assert.Equal(AddressAnswerOutcome.Refused, answer.Outcome);
        Assert.Contains("loopback", answer.Reason, StringComparison.Ordinal);
        Assert.Contains("no interface", (await AskAsync("interface:nosuch0")).Reason, StringComparison.Ordinal);
    }

    private Task<AddressAnswer> RunAsync(string script, TimeSpan? timeout = null, string[]? arguments = null)
    {
        RealPart.Require("sh");
        return AskAsync(AddressSource.CommandText(["sh", "-c", script, .. arguments ?? []]), timeout);
    }

    private async Task<AddressAnswer> AskAsync(string source, TimeSpan? timeout = null) => Assert.Single(
        await new AddressAsker(TimeProvider.System, SilentReporter.Instance, folder.Path).AskAsync(
            new DynamicDnsRecord { Record = "office", Sources = [source], Timeout = timeout ?? TimeSpan.FromSeconds(20) }, PublicAddressFamily.IPv4, CancellationToken.None));
}
