using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;
using YamlDotNet.RepresentationModel;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>The sample CI job, run step by step as the runner does, on a checkout with the packaged module in it.</summary>
public sealed class ActionsJobTests : IDisposable
{
    private readonly CheckDesk desk = new();
    private readonly YamlMappingNode job = Map(Read().Children["jobs"], "check");

    public void Dispose() => desk.Dispose();

    [Fact]
    public void It_runs_on_a_schedule_with_a_role_and_no_stored_key()
    {
        var workflow = Read();

        Assert.NotEmpty(((YamlSequenceNode)Map(workflow, "on").Children["schedule"]).Children);
        Assert.Equal("write", Text(Map(workflow, "permissions"), "id-token"));
        Assert.Equal("read", Text(Map(workflow, "permissions"), "contents"));
        Assert.Contains(Steps(), static step => Text(step, "uses")?.StartsWith("aws-actions/configure-aws-credentials@", StringComparison.Ordinal) == true);
        Assert.DoesNotContain("secrets.", File.ReadAllText(Sample), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Its_steps_install_the_module_check_and_write_the_summary()
    {
        RealPart.Require("pwsh");
        await using var fleet = await Fleet.StartAsync();
        var checkout = await CheckoutAsync(await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath));

        var healthy = await RunAsync(checkout);
        fleet.Sandbox.StopHost("do-1");
        var down = await RunAsync(checkout);

        healthy.Ended(0);
        down.Ended(3);
        Assert.Contains("::error title=Site check::It ended with code 3", down.Out, StringComparison.Ordinal);
        Assert.Equal(["code=0", "code=3"], await File.ReadAllLinesAsync(desk.Home.Combine("output")));
        var summary = await File.ReadAllTextAsync(desk.Home.Combine("summary.md"));
        Assert.Contains("2 checked, 2 healthy", summary, StringComparison.Ordinal);
        Assert.Contains("| acme | do-1 | Down |", summary, StringComparison.Ordinal);
        Assert.DoesNotContain(CheckDesk.Secret, summary + down.Out + down.Error, StringComparison.Ordinal);
        Assert.Equal(Fleet.Primary, await fleet.AcmeAsync());
    }

    [SkippableFact]
    public async Task A_broken_inventory_stops_it_with_10_and_a_mark_at_the_line()
    {
        RealPart.Require("pwsh");
        var checkout = await CheckoutAsync("version: 1\nzone: sites.example.net\nsites: { acme: { domain: acme.example, primary: nowhere, secondary: none } }\n");

        var run = (await RunAsync(checkout)).Ended(10);

        Assert.Matches(@"(?m)^::error file=hosting\.yml,line=3,col=\d+::INV\d+ ", run.Out);
        Assert.False(File.Exists(desk.Home.Combine("summary.md")));
    }

    private static string Sample => RepositoryRoot.Combine("samples", "github-actions", "site-check.yml");

    private static YamlMappingNode Read()
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Sample);
        stream.Load(reader);
        return (YamlMappingNode)Assert.Single(stream.Documents).RootNode;
    }

    private static YamlMappingNode Map(YamlNode node, string key) => (YamlMappingNode)((YamlMappingNode)node).Children[key];

    private static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    private IEnumerable<YamlMappingNode> Steps() => ((YamlSequenceNode)job.Children["steps"]).Children.Cast<YamlMappingNode>();

    // What a user's repository holds: the inventory, the script, and the release in packages/. The module comes from there alone.
    private async Task<string> CheckoutAsync(string inventory)
    {
        var checkout = Directory.CreateDirectory(desk.Home.Combine("checkout")).FullName;
        await File.WriteAllTextAsync(Path.Combine(checkout, "hosting.yml"), inventory);
        File.Copy(CheckDesk.Script, Path.Combine(checkout, "Invoke-SiteCheck.ps1"));
        var packages = Directory.CreateDirectory(Path.Combine(checkout, "packages")).FullName;
        (await desk.TypeAsync($"Compress-PSResource -Path (Resolve-Path '{desk.Home.Combine("modules/HostingOps")}').Path -DestinationPath '{packages}'")).Ended(0);
        desk.Environ.Remove("PSModulePath");
        return checkout;
    }

    private async Task<ProgramRun> RunAsync(string checkout)
    {
        var environment = new Dictionary<string, string>(desk.Environ)
        {
            ["GITHUB_STEP_SUMMARY"] = desk.Home.Combine("summary.md"),
            ["GITHUB_OUTPUT"] = desk.Home.Combine("output"),
        };
        foreach (var (name, value) in Map(Read(), "env").Children)
        {
            environment[((YamlScalarNode)name).Value!] = ((YamlScalarNode)value).Value!;
        }

        var last = new ProgramRun(-1, "", "");
        foreach (var step in Steps())
        {
            if (Text(step, "run") is not { } script)
            {
                continue;
            }

            // The runner's own wrapping of a step whose shell is a command line that begins with pwsh.
            var shell = (Text(step, "shell") ?? Text(Map(Map(Read(), "defaults"), "run"), "shell"))!.Split(' ');
            var file = desk.Home.Write(
                "step.ps1",
                $"$ErrorActionPreference = 'stop'\n{script}\nif ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) {{ exit $LASTEXITCODE }}\n");
            using var running = RunningProgram.Start(
                RealPart.Require(shell[0]), shell.Skip(1).Select(word => word.Replace("{0}", file, StringComparison.Ordinal)), checkout, environment);
            last = await running.EndAsync();
            if (last.Code != 0)
            {
                break;
            }
        }

        return last;
    }
}
