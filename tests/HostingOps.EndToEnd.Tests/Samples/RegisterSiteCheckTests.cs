using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.Samples;

/// <summary>The registration with the Windows Task Scheduler, whose cmdlets are stood in for so that it runs everywhere.</summary>
public sealed class RegisterSiteCheckTests : IDisposable
{
    private const string StandIns = """
        function global:New-ScheduledTaskAction { param($Execute, $Argument, $WorkingDirectory) $PSBoundParameters }
        function global:New-ScheduledTaskTrigger { param([switch] $Once, $At, [timespan] $RepetitionInterval) @{ Once = [bool]$Once; RepetitionInterval = "$RepetitionInterval" } }
        function global:New-ScheduledTaskPrincipal { param($UserId, $LogonType, $RunLevel) $PSBoundParameters }
        function global:New-ScheduledTaskSettingsSet { param($MultipleInstances, [timespan] $ExecutionTimeLimit, [switch] $StartWhenAvailable) @{ MultipleInstances = $MultipleInstances; Limit = "$ExecutionTimeLimit" } }
        function global:Register-ScheduledTask { param($TaskName, $Description, $Action, $Trigger, $Principal, $Settings, [switch] $Force) $PSBoundParameters | ConvertTo-Json -Depth 4 }
        function global:icacls { $global:LASTEXITCODE = 0 }
        """;

    private readonly CheckDesk desk = new();

    public void Dispose() => desk.Dispose();

    [SkippableFact]
    public async Task The_registered_command_line_does_the_check_as_an_account_with_few_rights()
    {
        RealPart.Require("pwsh");
        await using var fleet = await Fleet.StartAsync();
        var inventory = desk.Home.Write("our sites.yml", await File.ReadAllTextAsync(fleet.Sandbox.InventoryPath));
        var folder = desk.Home.Combine("check folder");

        var task = (await desk.TypeAsync($"{StandIns}\n& '{Register}' -InventoryPath '{inventory}' -Folder '{folder}'")).Ended(0).Json;

        Assert.Equal(@"NT AUTHORITY\LOCAL SERVICE", task.GetProperty("Principal").GetProperty("UserId").GetString());
        Assert.Equal("Limited", task.GetProperty("Principal").GetProperty("RunLevel").GetString());
        Assert.Equal("IgnoreNew", task.GetProperty("Settings").GetProperty("MultipleInstances").GetString());
        Assert.Equal("00:05:00", task.GetProperty("Trigger").GetProperty("RepetitionInterval").GetString());
        Assert.Equal("00:10:00", task.GetProperty("Settings").GetProperty("Limit").GetString());
        var action = task.GetProperty("Action");
        Assert.DoesNotContain("-Move", action.GetProperty("Argument").GetString(), StringComparison.Ordinal);

        fleet.Sandbox.StopHost("do-1");

        using var running = RunningProgram.Start(
            action.GetProperty("Execute").GetString()!, Words(action.GetProperty("Argument").GetString()!), action.GetProperty("WorkingDirectory").GetString()!, desk.Environ);
        CheckDesk.Judged(await running.EndAsync(), 3);
        Assert.Contains("\"acme\"", await File.ReadAllTextAsync(Path.Combine(folder, "check.log")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(folder, "state.db")));
    }

    [SkippableFact]
    public async Task With_WhatIf_nothing_is_registered_or_made()
    {
        RealPart.Require("pwsh");
        var inventory = desk.Home.Write("hosting.yml", "");

        var run = (await desk.TypeAsync($"{StandIns}\n& '{Register}' -InventoryPath '{inventory}' -Folder '{desk.Home.Combine("made")}' -WhatIf")).Ended(0);

        Assert.DoesNotContain("TaskName", run.Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(desk.Home.Combine("made")));
    }

    private static string Register => RepositoryRoot.Combine("samples", "scheduled", "Register-SiteCheck.ps1");

    // The sample quotes paths and nothing else.
    private static IEnumerable<string> Words(string line) =>
        line.Split('"').SelectMany(static (part, index) => index % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
