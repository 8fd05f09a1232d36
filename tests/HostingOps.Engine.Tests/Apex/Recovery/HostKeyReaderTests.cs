using HostingOps.Engine.Apex.Recovery;
using HostingOps.Sandbox.Api;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Apex.Recovery;

/// <summary>How host keys are read from a console by way of EC2.</summary>
public sealed class HostKeyReaderTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGH5fGgBdTgC1nD8E/TekwJAet/K4f1f8DiBiQ4NYry/";
    private const string Block = "-----BEGIN SSH HOST KEY KEYS-----\r\n" + Key + " root@vm\r\n-----END SSH HOST KEY KEYS-----\r\n";

    [Theory]
    [InlineData("t3.micro")]
    [InlineData("t2.micro")]
    public async Task The_latest_output_is_read_where_there_is_one_and_the_posted_one_elsewhere(string type)
    {
        await using var world = await ApexWorld.StartAsync(
            timings => timings with { ConsolePosted = type == "t3.micro" ? TimeSpan.FromHours(1) : TimeSpan.FromMilliseconds(100) },
            sandbox: static options => options with { Console = static console => console + Block });
        var id = (await world.Launcher.LaunchAsync(world.Launch() with { InstanceType = type }, CancellationToken.None)).InstanceId!;
        var key = Assert.Single(await ReadAsync(world, id));
        Assert.Equal(Key, $"{key.Type} {key.Base64}");
    }

    [Fact]
    public async Task A_console_that_shows_nothing_is_told_from_one_without_keys_and_from_one_with_too_many()
    {
        var shown = (string console) => console;
        await using var world = await ApexWorld.StartAsync(sandbox: options => options with { Console = console => shown(console) });
        var id = await world.RunningAsync();
        await UntilBootedAsync(world, id);
        Assert.Contains("shows no ssh host keys", (await FailureAsync(world, id)).Message);
        shown = static _ => "";
        Assert.Contains("shows nothing", (await FailureAsync(world, id)).Message);
        shown = static console => console + Block + Block.Replace("GH5f", "GH6f", StringComparison.Ordinal);
        Assert.Contains("two different ssh host keys", (await FailureAsync(world, id)).Message);
        shown = static console => console + new string('x', 100_000) + "\n" + Block;
        Assert.Single(await ReadAsync(world, id));
    }

    [Fact]
    public async Task Being_stopped_does_not_wait_for_the_console()
    {
        await using var world = await ApexWorld.StartAsync(static timings => timings with { InstanceBoot = TimeSpan.FromHours(1) });
        var id = (await world.Launcher.LaunchAsync(world.Launch(), CancellationToken.None)).InstanceId!;
        using var stopping = new CancellationTokenSource();
        var reading = Reader(world).ReadAsync(id, TimeSpan.FromHours(1), TimeSpan.FromMinutes(30), stopping.Token);
        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_permission_that_is_missing_is_named()
    {
        await using var world = await ApexWorld.StartAsync();
        var id = await world.RunningAsync();
        world.Sandbox.Faults.FailNext("GetConsoleOutput", SandboxApiFault.AccessDenied, 2);
        var error = await Assert.ThrowsAsync<HostingException>(() => ReadAsync(world, id));
        Assert.Equal(ErrorIds.AwsAccessDenied, error.ErrorId);
        Assert.Contains("ec2:GetConsoleOutput", error.Message);
    }

    private static async Task UntilBootedAsync(ApexWorld world, string id)
    {
        while ((await world.EC2.GetConsoleOutputAsync(new(id))).Output is null)
        {
            await Task.Delay(20);
        }
    }

    private static async Task<HostingException> FailureAsync(ApexWorld world, string id)
    {
        var error = await Assert.ThrowsAsync<HostingException>(() => Reader(world).ReadAsync(id, TimeSpan.Zero, TimeSpan.FromMilliseconds(20), CancellationToken.None));
        Assert.Equal(ErrorIds.HostKeysNotFound, error.ErrorId);
        return error;
    }

    private static Task<IReadOnlyList<SshHostKey>> ReadAsync(ApexWorld world, string id) =>
        Reader(world).ReadAsync(id, TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(20), CancellationToken.None);

    private static HostKeyReader Reader(ApexWorld world) => new(world.EC2, SilentReporter.Instance, TimeProvider.System);
}
