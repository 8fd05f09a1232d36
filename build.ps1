#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages HostingOps. Thin over dotnet, Pester and PSScriptAnalyzer.
.DESCRIPTION
    Build    builds everything and assembles the module under out/HostingOps.
    Test     runs all xunit tests, which package the module and run the Pester suite on it. Needs nothing but the .NET SDK;
             what needs Pester or another program is skipped with the reason when that is missing.
    Package  makes HostingOps.<version>.nupkg and .zip under out/package and prints the sizes. It builds on its own, apart
             from Build and Test. The same sources give the same bytes, in whatever folder and at whatever time.
    Install  puts what Package would package on this user's module path.
    Analyze  runs PSScriptAnalyzer over the scripts and the manifest.
    Clean    deletes what was built.
    A task that fails ends the script with an error; pwsh -File then gives a non-zero exit code.
.PARAMETER Task
    The tasks, in the order in which they are to run. Default: Build, Test.
.PARAMETER Configuration
    What Build and Test build. The package is always a Release build.
.PARAMETER VersionSuffix
    Makes Package and Install give a prerelease: beta1 for 0.1.0-beta1. The version itself is in Directory.Build.props.
.EXAMPLE
    ./build.ps1
    Builds and tests.
.EXAMPLE
    ./build.ps1 Package, Install
    Makes the packages and installs the module for this user.
.EXAMPLE
    ./build.ps1 Package -VersionSuffix beta1
    Makes the packages of a prerelease.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Install', 'Analyze', 'Clean')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # PowerShell allows neither dots nor a plus sign here.
    [ValidatePattern('^[A-Za-z][0-9A-Za-z-]*$')]
    [string] $VersionSuffix
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$out = Join-Path $root 'out'
$package = Join-Path $out 'package'
$module = Join-Path $package 'HostingOps'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Assert-Module([string] $Name, [version] $Version = '0.0') {
    if (-not (Get-Module $Name -ListAvailable | Where-Object Version -ge $Version)) {
        throw "The PowerShell module $Name $Version or later is not installed: Install-PSResource $Name"
    }
}

# Its own folders for everything, so that it neither waits for nor changes what Build and Test made.
function Build-Package {
    $properties = @(
        "-p:ModuleFolder=$module/"
        '-p:DebugType=none'
        '-p:IncludeSourceRevisionInInformationalVersion=false'
        # Build has the analyzers' word on the same sources; they take half of the time and leave no trace in the assemblies.
        '-p:RunAnalyzers=false'
        # The compiler writes hashes of source paths into the assemblies.
        "-p:PathMap=$root=/_"
        if ($VersionSuffix) { "-p:VersionSuffix=$VersionSuffix" }
    )
    Invoke-Dotnet build (Join-Path $root 'src/HostingOps.Cmdlets') --configuration Release --artifacts-path (Join-Path $out 'build') --nologo --verbosity quiet @properties
}

# No order of the file system, no times and no permissions of this machine get in.
function Write-Zip([string] $Folder, [string] $Prefix, [string] $Path) {
    $names = [string[]](Get-ChildItem -LiteralPath $Folder -Recurse -File -Force | ForEach-Object { [IO.Path]::GetRelativePath($Folder, $_.FullName) -replace '\\', '/' })
    [Array]::Sort($names, [StringComparer]::Ordinal)
    $zip = [IO.Compression.ZipFile]::Open($Path, 'Create')
    try {
        foreach ($name in $names) {
            $entry = $zip.CreateEntry("$Prefix$name", 'SmallestSize')
            $entry.LastWriteTime = [DateTimeOffset]::new(2000, 1, 1, 0, 0, 0, [TimeSpan]::Zero)
            $entry.ExternalAttributes = 0x81A4 -shl 16   # a file, -rw-r--r--
            $content = $entry.Open()
            try {
                $content.Write([IO.File]::ReadAllBytes((Join-Path $Folder $name)))
            }
            finally {
                $content.Dispose()
            }
        }
    }
    finally {
        $zip.Dispose()
    }
}

function Write-Size([string] $Path) {
    $bytes = (Get-ChildItem -LiteralPath $Path -Recurse -File | Measure-Object Length -Sum).Sum
    '{0,8:0.0} MB  {1}' -f ($bytes / 1MB), [IO.Path]::GetRelativePath($root, $Path)
}

$tasks = @{
    Build = {
        Invoke-Dotnet build $root --configuration $Configuration --nologo
    }
    Test = {
        Invoke-Dotnet test $root --configuration $Configuration --nologo
    }
    Package = {
        # The first with Compress-PSResource.
        Assert-Module Microsoft.PowerShell.PSResourceGet 1.1
        Build-Package
        Get-ChildItem -LiteralPath $package -File | Where-Object Extension -in '.nupkg', '.zip' | Remove-Item
        $scratch = Join-Path $package 'scratch'
        Remove-Item -LiteralPath $scratch -Recurse -Force -ErrorAction Ignore
        $null = New-Item $scratch -ItemType Directory
        try {
            Compress-PSResource -Path $module -DestinationPath $scratch
            $made = Get-ChildItem -LiteralPath $scratch -Filter *.nupkg
            $content = Join-Path $scratch 'content'
            [IO.Compression.ZipFile]::ExtractToDirectory($made.FullName, $content)
            $nupkg = Join-Path $package $made.Name
            $zip = [IO.Path]::ChangeExtension($nupkg, '.zip')
            Write-Zip $content '' $nupkg
            Write-Zip $module 'HostingOps/' $zip
        }
        finally {
            Remove-Item -LiteralPath $scratch -Recurse -Force
        }
        Write-Size $module
        Write-Size $nupkg
        Write-Size $zip
    }
    Install = {
        Build-Package
        $modules = if ($IsWindows) {
            Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules'
        }
        else {
            # PowerShell looks here on macOS too.
            Join-Path ($env:XDG_DATA_HOME ? $env:XDG_DATA_HOME : (Join-Path $HOME '.local/share')) 'powershell/Modules'
        }
        $version = (Import-PowerShellDataFile -LiteralPath (Join-Path $module 'HostingOps.psd1')).ModuleVersion
        $target = Join-Path $modules "HostingOps/$version"
        if (Test-Path -LiteralPath $target) {
            Remove-Item -LiteralPath $target -Recurse -Force
        }
        $null = New-Item (Split-Path $target) -ItemType Directory -Force
        Copy-Item -LiteralPath $module $target -Recurse
        "Installed in $target"
    }
    Analyze = {
        Assert-Module PSScriptAnalyzer 1.20
        $places = @('build.ps1', 'module', 'tests/pester', 'samples') | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path -LiteralPath $_ }
        $findings = $places | ForEach-Object { Invoke-ScriptAnalyzer $_ -Recurse -Settings (Join-Path $root 'tests/pester/PSScriptAnalyzerSettings.psd1') }
        $findings
        if ($findings) {
            throw "PSScriptAnalyzer has $(@($findings).Count) findings."
        }
    }
    Clean = {
        $projects = @('src', 'tests', 'bench') | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path -LiteralPath $_ } |
            ForEach-Object { Get-ChildItem -LiteralPath $_ -Recurse -File -Filter *.csproj }
        @($out, (Join-Path $root 'TestResults')) + @($projects | ForEach-Object { foreach ($made in 'bin', 'obj', 'TestResults', 'BenchmarkDotNet.Artifacts') { Join-Path $_.DirectoryName $made } }) |
            Where-Object { Test-Path -LiteralPath $_ } |
            ForEach-Object { Remove-Item -LiteralPath $_ -Recurse -Force }
    }
}

# The SDK that global.json asks for is looked up from here.
Push-Location -LiteralPath $root
try {
    foreach ($name in $Task) {
        & $tasks[$name]
    }
}
finally {
    Pop-Location
}
