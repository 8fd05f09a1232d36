using HostingOps.EndToEnd.Tests.World;

namespace HostingOps.EndToEnd.Tests.BadInput;

/// <summary>What is wrong with what the admin wrote or typed: one error with an id, and Route 53 is never asked to change.</summary>
public sealed class InventoryTests
{
    [Theory]
    [InlineData("version: 1\nzone: sites.example.net\nsites: [\n", "3:8 INV001")]
    [InlineData("version: 1\nzone: sites.example.net\nzone: twice.example.net\n", "3:1 INV009")]
    [InlineData("", "1:1 INV005")]
    public async Task Broken_yaml_is_told_with_its_place_and_code(string yaml, string place)
    {
        await using var scene = await Scene.StartAsync();
        scene.Desk.WriteInventory(yaml);

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("InventoryInvalid", run.ErrorId);
        Assert.Contains($"\n  {place} ", run.ErrorMessage, StringComparison.Ordinal);
        Assert.Equal(scene.Desk.Home.Combine("hosting.yml"), run.ErrorJson.GetProperty("target").GetString());
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task An_unknown_key_is_told_with_the_key_that_was_meant()
    {
        await using var scene = await Scene.StartAsync();
        scene.Desk.WriteInventory((await File.ReadAllTextAsync(scene.Fleet.Sandbox.InventoryPath)).Replace("provider: linode", "providr: linode", StringComparison.Ordinal));

        var run = (await scene.FailoverAsync()).Ended(1);

        Assert.Equal("InventoryInvalid", run.ErrorId);
        Assert.Contains("'providr'", run.ErrorMessage, StringComparison.Ordinal);
        Assert.Contains("'provider'", run.ErrorMessage, StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        await using var scene = await Scene.StartAsync();
        File.Delete(scene.Desk.Home.Combine("hosting.yml"));

        var usual = (await scene.FailoverAsync()).Ended(1);
        var named = (await scene.FailoverAsync("--inventory", "nowhere/sites.yml")).Ended(1);

        Assert.Equal(("InventoryNotFound", "InventoryNotFound"), (usual.ErrorId, named.ErrorId));
        Assert.Contains(Path.Combine(scene.Desk.Home.Path, "nowhere", "sites.yml"), named.ErrorMessage, StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task An_unknown_site_is_told_with_the_nearest_name_and_keeps_the_known_ones_from_moving()
    {
        await using var scene = await Scene.StartAsync();

        var run = (await scene.FailoverAsync("backery")).Ended(1);

        Assert.Equal("SiteNotFound", run.ErrorId);
        Assert.Contains("'bakery'", run.ErrorMessage + run.ErrorJson.GetProperty("recommendedAction"), StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }

    [Fact]
    public async Task An_unknown_host_is_told_with_the_nearest_name()
    {
        await using var scene = await Scene.StartAsync();

        var run = (await scene.FailoverAsync("--to", "li-11")).Ended(1);

        Assert.Equal("HostNotFound", run.ErrorId);
        Assert.Contains("'li-1'", run.ErrorMessage + run.ErrorJson.GetProperty("recommendedAction"), StringComparison.Ordinal);
        await scene.NothingWasBegunAsync();
    }
}
