using HostingOps.EndToEnd.Tests.World;
using HostingOps.Testing;

namespace HostingOps.EndToEnd.Tests.BadInput;

/// <summary>The same errors as PowerShell's error records: scripts catch them by FullyQualifiedErrorId.</summary>
public sealed class PowerShellTests
{
    [SkippableFact]
    public async Task Each_bad_input_is_one_error_record_by_its_id_and_moves_nothing()
    {
        RealPart.Require("pwsh");
        await using var scene = await Scene.StartAsync(hookTimeout: "120s");
        scene.Fleet.WriteHook("promote", "exit 3");
        var inventory = await File.ReadAllTextAsync(scene.Fleet.Sandbox.InventoryPath);
        scene.Desk.Home.Write("broken.yml", "version: 1\nsites: [\n");
        scene.Desk.Home.Write("zone.yml", inventory.Replace(Fleet.Zone, "pages.example.net", StringComparison.Ordinal));
        scene.Desk.Home.Write("garbage.db", new string('x', 8192));
        var elsewhere = scene.Fleet.Sandbox.EndpointUrl.Replace("127.0.0.1", "0.0.0.0", StringComparison.Ordinal);

        var ids = (await scene.Desk.PowerShellAsync($$"""
            $state = $env:HOSTINGOPS_STATE
            function Get-ErrorId([scriptblock]$command) {
                try { $null = & $command; 'none' } catch { $_.FullyQualifiedErrorId -replace ',.*' }
            }
            [ordered]@{
                InventoryInvalid = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -InventoryPath broken.yml }
                InventoryNotFound = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -InventoryPath nowhere.yml }
                SiteNotFound = Get-ErrorId { Invoke-SiteFailover acmee -Confirm:$false }
                HostNotFound = Get-ErrorId { Invoke-SiteFailover acme -To li-11 -Confirm:$false }
                AwsEndpointUnreachable = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -EndpointUrl http://127.0.0.1:9 }
                AwsCredentialsMissing = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -EndpointUrl '{{elsewhere}}' }
                AwsProfileNotFound = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -ProfileName agencyy }
                HostedZoneNotFound = Get-ErrorId { Invoke-SiteFailover acme -Confirm:$false -InventoryPath zone.yml }
                OperationNotFound = Get-ErrorId { Undo-SiteFailover -OperationId 01ZZZZZZZZ -Confirm:$false }
                StateCorrupt = Get-ErrorId { $env:HOSTINGOPS_STATE = (Resolve-Path garbage.db).Path; Invoke-SiteFailover acme -Confirm:$false }
                HookFailed = Get-ErrorId { $env:HOSTINGOPS_STATE = $state; Invoke-SiteFailover acme -Confirm:$false }
            } | ConvertTo-Json
            """)).Ended(0).Json;

        Assert.Equal(11, ids.EnumerateObject().Count());
        Assert.Equal(
            ids.EnumerateObject().Select(static entry => entry.Name),
            ids.EnumerateObject().Select(static entry => entry.Value.GetString()));
        await scene.WorldIsAsItWasAsync();
        Assert.Equal("Failed", (await scene.EntryAsync()).Outcome);
        Assert.Equal(["fence", "promote"], scene.Fleet.HookRuns);
    }
}
