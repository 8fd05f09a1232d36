#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packages HostingOps. Thin over dotnet, Pester and PSScriptAnalyzer.
.DESCRIPTION
    Build    builds everything and assembles the module under out/HostingOps.
    Test     runs all xunit tests, which run the Pester suite too, and needs nothing but the .NET SDK.
    Package  makes out/HostingOps.<version>.nupkg and .zip from a Release build, and prints the sizes.
    Install  puts the Release build on this user's module path.
    Analyze  runs PSScriptAnalyzer over the scripts and the manifest.
    Clean    deletes what was built.
.EXAMPLE
    ./build.ps1
    Builds and tests.
.EXAMPLE
    ./build.ps1 Package, Install
    Makes the packages and installs the module for this user.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Package', 'Install', 'Analyze', 'Clean')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = $PSScriptRoot
$out = Join-Path $root 'out'
$module = Join-Path $out 'HostingOps'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $args ended with exit code $LASTEXITCODE."
    }
}

function Build-Module([string] $For) {
    Invoke-Dotnet build (Join-Path $root 'src/HostingOps.Cmdlets') --configuration $For --nologo --verbosity quiet
}

function Get-ModuleVersion {
    (Import-PowerShellDataFile (Join-Path $module 'HostingOps.psd1')).ModuleVersion
}

function Write-Size([string] $Path) {
    $bytes = (Get-ChildItem $Path -Recurse -File | Measure-Object Length -Sum).Sum
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
        Build-Module Release
        $name = "HostingOps.$(Get-ModuleVersion)"
        Remove-Item (Join-Path $out "$name.nupkg"), (Join-Path $out "$name.zip") -ErrorAction Ignore
        Compress-PSResource -Path $module -DestinationPath $out
        [IO.Compression.ZipFile]::CreateFromDirectory($module, (Join-Path $out "$name.zip"), 'SmallestSize', $true)
        Write-Size $module
        Write-Size (Join-Path $out "$name.nupkg")
        Write-Size (Join-Path $out "$name.zip")
    }
    Install = {
        Build-Module Release
        $modules = if ($IsWindows) {
            Join-Path ([Environment]::GetFolderPath('MyDocuments')) 'PowerShell/Modules'
        }
        else {
            Join-Path ([Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) 'powershell/Modules'
        }
        $target = Join-Path $modules "HostingOps/$(Get-ModuleVersion)"
        if (Test-Path $target) {
            Remove-Item $target -Recurse -Force
        }
        New-Item (Split-Path $target) -ItemType Directory -Force | Out-Null
        Copy-Item $module $target -Recurse
        "Installed in $target"
    }
    Analyze = {
        $places = @('build.ps1', 'module', 'tests/pester', 'samples') | ForEach-Object { Join-Path $root $_ } | Where-Object { Test-Path $_ }
        $findings = $places | ForEach-Object { Invoke-ScriptAnalyzer $_ -Recurse -Settings (Join-Path $root 'tests/pester/PSScriptAnalyzerSettings.psd1') }
        $findings
        if ($findings) {
            throw "PSScriptAnalyzer has $(@($findings).Count) findings."
        }
    }
    Clean = {
        Invoke-Dotnet clean $root --configuration $Configuration --nologo --verbosity quiet
        if (Test-Path $out) {
            Remove-Item $out -Recurse -Force
        }
    }
}

foreach ($name in $Task) {
    & $tasks[$name]
}
