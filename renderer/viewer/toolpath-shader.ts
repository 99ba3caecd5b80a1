import { Color, ShaderMaterial, Vector2 } from 'three'
import { MOVE_ROLES } from '../../shared/toolpath/toolpath'
import { TEXTURE_WIDTH } from './toolpath-data'
import { RAMP, ROLE_COLOURS, TOOL_COLOURS } from './toolpath-colours'

/**
 * Each move is a flat ribbon that always shows its broad side: its two edges run along the outline that an elliptic bead of
 * the line's width and height has from the camera, and the light falls on it as on that bead. Two triangles a move instead of
 * a dozen. The corners read their move from textures by their number: drawing processors that go through instances one by one
 * (SwiftShader) would take ten seconds for a million. What extrudes nothing is a line of constant width on the screen.
 */
const VERTEX = /* glsl */ `
uniform highp sampler2D uPoints;
uniform highp sampler2D uSizes;
uniform int uHidden;
uniform int uInside;
uniform ivec2 uInsideLayers;
uniform int uColouring;
uniform float uPixel;
uniform float uLayerCount;
uniform vec2 uRange;
uniform vec3 uRoles[${MOVE_ROLES.length}];
uniform vec3 uTools[${TOOL_COLOURS.length}];
uniform vec3 uRamp[${RAMP.length}];
out vec3 vColour;
out vec3 vSide;
out vec3 vFront;
out float vAcross;
out float vIsBead;

vec3 ramp(float part) {
  float at = clamp(part, 0.0, 1.0) * ${(RAMP.length - 1).toFixed(1)};
  int from = min(int(at), ${RAMP.length - 2});
  return mix(uRamp[from], uRamp[from + 1], at - float(from));
}

vec4 texel(highp sampler2D texels, int at) {
  return texelFetch(texels, ivec2(at & ${TEXTURE_WIDTH - 1}, at / ${TEXTURE_WIDTH}), 0);
}

void main() {
  int move = gl_VertexID >> 2;
  int corner = gl_VertexID & 3;
  vec4 from = texel(uPoints, move);
  int packed = int(from.w + 0.5);
  int role = packed & 31;
  int layer = packed >> 8;
  if (((uHidden >> role) & 1) == 1 || (((uInside >> role) & 1) == 1 && layer > uInsideLayers.x && layer < uInsideLayers.y)) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    return;
  }
  vec3 start = from.xyz;
  vec3 end = texel(uPoints, move + 1).xyz;
  vec4 sizes = texel(uSizes, move);
  bool isEnd = corner > 1;
  float edge = (corner & 1) == 1 ? 1.0 : -1.0;
  float part = (uColouring == 3 ? float(layer) / max(1.0, uLayerCount - 1.0) : (((uColouring == 1 ? sizes.z : sizes.w) - uRange.x) / max(1e-6, uRange.y - uRange.x)));
  vColour = uColouring == 0 || sizes.x <= 0.0 ? uRoles[role] : uColouring == 4 ? uTools[min((packed >> 5) & 7, ${TOOL_COLOURS.length - 1})] : ramp(part);

  vec3 along = end - start;
  float len = length(along);
  along = len > 1e-6 ? along / len : vec3(1.0, 0.0, 0.0);
  vec3 point = isEnd ? end : start;
  vec3 toCamera = normalize(cameraPosition - point);
  bool isBead = sizes.x > 0.0;
  vIsBead = isBead ? 1.0 : 0.0;
  vAcross = edge;
  if (isBead) {
    vec3 side = abs(along.z) > 0.999 ? vec3(1.0, 0.0, 0.0) : normalize(vec3(along.y, -along.x, 0.0));
    vec3 up = cross(side, along);
    vec2 radius = 0.5 * sizes.xy;
    vec2 seen = vec2(dot(toCamera, side), dot(toCamera, up));
    vec2 rim = normalize(vec2(-seen.y * radius.x, seen.x * radius.y) + vec2(1e-7, 0.0));
    vSide = normalize(side * rim.x / radius.x + up * rim.y / radius.y);
    vFront = normalize(side * seen.x + up * seen.y + 1e-5 * toCamera);
    point += edge * (side * rim.x * radius.x + up * rim.y * radius.y);
    // A bead is round at its ends: neighbours in a curve meet without a notch.
    point += (isEnd ? 0.4 : -0.4) * radius.x * along;
    // The nozzle rides on top of the line, and the points are the nozzle's.
    point.z -= radius.y;
  } else {
    vSide = vec3(0.0, 0.0, 1.0);
    vFront = toCamera;
    vec3 across = cross(along, toCamera);
    float reach = length(across);
    float depth = -(viewMatrix * vec4(point, 1.0)).z;
    if (reach > 1e-6) point += edge * 0.7 * uPixel * depth * across / reach;
  }
  gl_Position = projectionMatrix * viewMatrix * vec4(point, 1.0);
}
`

const FRAGMENT = /* glsl */ `
precision highp float;
in vec3 vColour;
in vec3 vSide;
in vec3 vFront;
in float vAcross;
in float vIsBead;
out vec4 colour;
const vec3 LAMP = vec3(-0.32, -0.48, 0.82);
void main() {
  vec3 normal = normalize(vSide * vAcross + vFront * sqrt(max(0.0, 1.0 - vAcross * vAcross)));
  float light = mix(1.0, 0.5 + 0.14 * normal.z + 0.46 * max(0.0, dot(normal, LAMP)), vIsBead);
  colour = vec4(vColour * light, 1.0);
}
`

const colours = (list: readonly string[]) => list.map((colour) => new Color().setStyle(colour, 'srgb-linear'))

/** The material of all ribbons of a toolpath; its uniforms are what scrubbing and colouring change. */
export function toolpathMaterial(): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: '300 es',
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    side: 2,
    uniforms: {
      uPoints: { value: null },
      uSizes: { value: null },
      uHidden: { value: 0 },
      uInside: { value: 0 },
      uInsideLayers: { value: new Vector2(0, 0) },
      uColouring: { value: 0 },
      uPixel: { value: 0.001 },
      uLayerCount: { value: 1 },
      uRange: { value: new Vector2(0, 1) },
      uRoles: { value: colours(MOVE_ROLES.map((role) => ROLE_COLOURS[role])) },
      uTools: { value: colours(TOOL_COLOURS) },
      uRamp: { value: colours(RAMP) },
    },
  })
}
