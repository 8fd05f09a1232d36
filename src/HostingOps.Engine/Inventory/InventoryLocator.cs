namespace HostingOps.Engine.Inventory;

/// <summary>Finds the inventory file: the path given, then <c>$HOSTINGOPS_INVENTORY</c>, then <c>hosting.yml</c> in the working directory.</summary>
public static class InventoryLocator
{
    /// <summary>The environment variable that names the inventory.</summary>
    public const string EnvironmentVariable = "HOSTINGOPS_INVENTORY";

    /// <summary>The file's customary name.</summary>
    public const string FileName = "hosting.yml";

    /// <summary>The full path of an existing file.</summary>
    /// <param name="path">What the user said, or null. A folder stands for the <c>hosting.yml</c> in it.</param>
    /// <param name="workingDirectory">Full path against which relative paths are resolved.</param>
    /// <exception cref="HostingException">InventoryNotFound.</exception>
    public static string Find(string? path, string workingDirectory) =>
        Find(path, workingDirectory, Environment.GetEnvironmentVariable);

    internal static string Find(string? path, string workingDirectory, Func<string, string?> environment)
    {
        if (!string.IsNullOrEmpty(path))
        {
            return Existing(path, workingDirectory, "Correct -InventoryPath, or write a starter with New-HostingInventory.");
        }

        if (environment(EnvironmentVariable) is { Length: > 0 } named)
        {
            return Existing(named, workingDirectory, $"Correct the environment variable {EnvironmentVariable}, or remove it to use ./{FileName}.");
        }

        var other = Path.Combine(workingDirectory, "hosting.yaml");
        return Existing(
            FileName,
            workingDirectory,
            File.Exists(other) && !File.Exists(Path.Combine(workingDirectory, FileName))
                ? $"There is a 'hosting.yaml': rename it to '{FileName}', or name it with -InventoryPath."
                : $"Give -InventoryPath, set {EnvironmentVariable}, or write a starter with New-HostingInventory.");
    }

    private static string Existing(string path, string workingDirectory, string action)
    {
        var full = Path.GetFullPath(path, Path.GetFullPath(workingDirectory));
        if (Directory.Exists(full))
        {
            full = Path.Combine(full, FileName);
        }

        return File.Exists(full)
            ? full
            : throw new HostingException(
                ErrorIds.InventoryNotFound,
                HostingErrorCategory.ObjectNotFound,
                full,
                $"There is no inventory file '{full}'.",
                action);
    }
}
