using HostingOps.Engine.Inventory;
using HostingOps.Testing;

namespace HostingOps.Engine.Tests.Inventory;

public sealed class LocatorTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_path_comes_before_the_environment_and_that_before_the_working_directory()
    {
        var given = folder.Write("given.yml", "");
        var named = folder.Write("named.yml", "");
        var usual = folder.Write("hosting.yml", "");

        Assert.Equal(given, InventoryLocator.Find("given.yml", folder.Path, Environment));
        Assert.Equal(named, InventoryLocator.Find(null, folder.Path, Environment));
        Assert.Equal(usual, InventoryLocator.Find(null, folder.Path, static _ => null));
        Assert.Equal(usual, InventoryLocator.Find("", folder.Path, static _ => ""));

        string? Environment(string name) => name == "HOSTINGOPS_INVENTORY" ? named : null;
    }

    [Fact]
    public void A_folder_stands_for_the_file_in_it()
    {
        Directory.CreateDirectory(folder.Combine("fleet"));
        var path = folder.Write("fleet/hosting.yml", "");

        Assert.Equal(path, InventoryLocator.Find("fleet", folder.Path, static _ => null));
    }

    [Theory]
    [InlineData("none.yml", null, "-InventoryPath")]
    [InlineData(null, "/no/such.yml", "HOSTINGOPS_INVENTORY")]
    [InlineData(null, null, "New-HostingInventory")]
    public void What_is_not_there_is_InventoryNotFound_with_what_to_do(string? path, string? environment, string action)
    {
        var error = Assert.Throws<HostingException>(() => InventoryLocator.Find(path, folder.Path, _ => environment));

        Assert.Equal((ErrorIds.InventoryNotFound, HostingErrorCategory.ObjectNotFound), (error.ErrorId, error.Category));
        Assert.Contains(action, error.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hosting_yaml_is_pointed_out()
    {
        folder.Write("hosting.yaml", "");

        var error = Assert.Throws<HostingException>(() => InventoryLocator.Find(null, folder.Path, static _ => null));

        Assert.Contains("rename it to 'hosting.yml'", error.RecommendedAction, StringComparison.Ordinal);
    }
}
